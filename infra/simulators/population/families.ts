import type { Address, Person, Sex } from './model.ts';
import { addDays, osloMidnight } from './oslo.ts';
import { familyName } from './names.ts';
import { dice, type Dice } from './random.ts';
import { address, type Registrar } from './registrar.ts';
import { organisationNumber } from './numbers.ts';

/** Each constellation with its share. What is left of the whole is joint responsibility. */
const shares = [
  ['soleMother', 0.09],
  ['soleFather', 0.02],
  ['comother', 0.015],
  ['halfSiblings', 0.045],
  ['other', 0.008],
  ['unknown', 0.003],
  ['organisation', 0.004],
  ['nobody', 0.008],
  ['oneUnidentified', 0.005],
  ['onlyUnidentified', 0.001],
  ['oneDead', 0.007],
] as const;
type Constellation = (typeof shares)[number][0] | 'joint';

/**
 * Spread evenly instead of thrown, so that two hundred children already show the mix; the first families show every
 * constellation once, so that any population of thirty children or more has them all.
 */
function constellationOf(family: number): Constellation {
  if (family % 2 === 1 && family < shares.length * 2) return shares[(family - 1) / 2]?.[0] ?? 'joint';
  let left = (family * 0.618033988749895) % 1;
  for (const [constellation, share] of shares) {
    if (left < share) return constellation;
    left -= share;
  }
  return 'joint';
}

const nations = ['XUK', 'SYR', 'UKR', 'POL', 'SOM', 'ERI'];
const welfareServices = ['31050001', '31050003', '31050004', '31050006'].flatMap(
  (eight) => organisationNumber(eight) ?? [],
);

class Household {
  readonly address: Address;
  readonly name: string;
  readonly #registrar: Registrar;
  readonly #throws: Dice;
  constructor(registrar: Registrar, throws: Dice) {
    this.#registrar = registrar;
    this.#throws = throws;
    this.address = address(throws);
    this.name = familyName(throws);
  }

  adult(sex: Sex, childBorn: string, more: Partial<Person> = {}): Person {
    const age = 21 + this.#throws.below(20);
    const born = addDays(childBorn, -Math.floor(age * 365.25) - this.#throws.below(300));
    return this.#registrar.person('adult', this.#throws, {
      born,
      sex,
      address: this.address,
      family: this.name,
      ...more,
    });
  }

  child(born: string, more: Partial<Person> & { numberKind?: 'dNummer' } = {}): Person {
    const sex = this.#throws.chance(0.5) ? 'kvinne' : 'mann';
    // One number in forty is right only by the rule of 2032, so that nothing here leans on the old one.
    const remainder = this.#throws.chance(0.025) ? 2 : 0;
    return this.#registrar.person('child', this.#throws, {
      born, sex, remainder, address: this.address, family: this.name, ...more,
    }); // prettier-ignore
  }
}

/** Births of one to three siblings, two to four years apart, all of an age for kindergarten or compulsory school. */
function births(throws: Dice, most: number): string[] {
  const throwOf = throws.next();
  const wanted = Math.min(most, throwOf < 0.35 ? 1 : throwOf < 0.82 ? 2 : 3);
  const list = [addDays('2011-01-01', throws.below(5418))];
  while (list.length < wanted) {
    const next = addDays(list.at(-1) as string, 600 + throws.below(900));
    list.push(next <= '2025-10-31' ? next : addDays(list[0] as string, -(600 + throws.below(600))));
  }
  return list.filter((born) => born >= '2011-01-01').sort();
}

/** Adds one family with at most `most` children and answers the children. */
export function addFamily(registrar: Registrar, seed: number, family: number, most: number): Person[] {
  const throws = dice(seed, 'family', family);
  const constellation = constellationOf(family);
  const household = new Household(registrar, throws);
  const born = births(
    throws,
    constellation === 'joint' || constellation.startsWith('sole') ? most : Math.min(most, 2),
  );
  const oldest = born[0] as string;
  const protectedFamily = family % 200 === 40;
  const protection = protectedFamily ? (throws.chance(0.4) ? 'strengtFortrolig' : 'fortrolig') : 'ugradert';

  if (constellation === 'nobody') {
    const kid = household.child(oldest, { numberKind: 'dNummer' });
    if (throws.chance(0.3)) {
      registrar.verge(kid, household.adult('kvinne', oldest), 'ensligMindreaarigFlyktning', '2026-03-01');
    }
    return [kid];
  }
  const married = constellation === 'joint' && throws.chance(0.6);
  const mother = household.adult('kvinne', oldest, { civil: married ? 'gift' : 'ugift', protection });
  const apart = !married && throws.chance(0.5);
  const other = constellation === 'comother' ? 'kvinne' : 'mann';
  const dead = constellation === 'oneDead' ? { died: '2025-06-14', status: 'doed' as const } : {};
  const father = household.adult(other, oldest, {
    civil: married ? 'gift' : 'ugift',
    ...(apart || protectedFamily ? { address: address(throws), family: familyName(throws) } : {}),
    ...dead,
  });
  if (married) registrar.spouses(mother, father);
  const stranger = { given: 'UKJENT', family: household.name, born: null, citizenship: throws.pick(nations) };

  return born.map((day, position) => {
    const kid = household.child(day, { protection });
    registrar.parent(kid, mother, 'mor');
    switch (constellation) {
      case 'soleMother':
        if (throws.chance(0.8)) registrar.parent(kid, father, 'far');
        registrar.responsible(kid, 'mor', { holder: mother });
        break;
      case 'soleFather':
        registrar.parent(kid, father, 'far');
        registrar.responsible(kid, 'far', {
          holder: father,
          from: osloMidnight(addDays(day, 700)),
          reason: 'Foreldreansvar',
        });
        registrar.joint(kid, mother, father, { current: false, until: osloMidnight(addDays(day, 700)) });
        break;
      case 'comother':
        registrar.parent(kid, father, 'medmor');
        registrar.joint(kid, mother, father);
        break;
      case 'halfSiblings': {
        const second = position === 0 ? father : household.adult('mann', day, { address: address(throws) });
        registrar.parent(kid, second, 'far');
        registrar.jointAfterPaternity(kid, mother, second);
        break;
      }
      case 'other': {
        const grandmother = household.adult('kvinne', oldest, { born: addDays(mother.born, -9500) });
        registrar.parent(kid, father, 'far');
        registrar.responsible(kid, 'andre', {
          holder: grandmother,
          from: osloMidnight(addDays(day, 500)),
          reason: 'Foreldreansvar',
        });
        break;
      }
      case 'unknown':
        registrar.responsible(kid, 'ukjent', {});
        break;
      case 'organisation':
        registrar.responsible(kid, 'andre', {
          organisation: throws.pick(welfareServices),
          reason: 'Foreldreansvar',
        });
        break;
      case 'oneUnidentified':
        registrar.responsible(kid, 'felles', { holder: mother });
        registrar.responsible(kid, 'felles', { unidentified: stranger });
        break;
      case 'onlyUnidentified':
        registrar.responsible(kid, 'mor', { unidentified: stranger });
        break;
      case 'oneDead':
        registrar.parent(kid, father, 'far');
        registrar.responsible(kid, 'mor', {
          holder: mother,
          from: osloMidnight('2025-06-14'),
          reason: 'Dødsfall',
        });
        registrar.joint(kid, mother, father, { current: false, until: osloMidnight('2025-06-14') });
        break;
      default:
        registrar.parent(kid, father, 'far');
        if (married) registrar.joint(kid, mother, father);
        else registrar.jointAfterPaternity(kid, mother, father, throws.chance(0.08));
        // Duplicates have existed in the register: the same bond twice, from two sources.
        if (throws.chance(0.01)) registrar.joint(kid, mother, father, { source: 'KILDE_DSF' });
    }
    return kid;
  });
}
