import type * as model from './model.ts';
import { givenName, familyName, streetName } from './names.ts';
import type { NumberBook } from './numbers.ts';
import { osloMidnight, addDays } from './oslo.ts';
import type { Dice } from './random.ts';

type Wishes = Partial<
  Omit<model.Person, 'index' | 'kind' | 'responsibilities' | 'relations' | 'representatives'>
> & {
  readonly born: string;
  readonly sex: model.Sex;
  readonly address: model.Address;
  readonly numberKind?: model.NumberKind;
  readonly remainder?: 0 | 1 | 2 | 3;
};

interface Ground {
  readonly holder?: model.Person;
  readonly holderNumber?: string;
  readonly unidentified?: model.UnidentifiedPerson;
  readonly organisation?: string;
  readonly current?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly source?: string;
}

/** Writes people and their bonds into one list, the way a birth or a paternity is registered. */
export class Registrar {
  readonly people: model.Person[] = [];
  readonly #book: NumberBook;
  readonly #prefix: string;
  readonly #offset: number;
  constructor(book: NumberBook, prefix: string, offset = 0) {
    this.#book = book;
    this.#prefix = prefix;
    this.#offset = offset;
  }

  person(kind: 'child' | 'adult', dice: Dice, wishes: Wishes): model.Person {
    const numberKind = wishes.numberKind ?? 'foedselsnummer';
    const number =
      wishes.number ??
      this.#book.issue(wishes.born, wishes.sex, { kind: numberKind, remainder: wishes.remainder ?? 0 });
    const index = this.#offset + this.people.length;
    const person: model.Person = {
      index,
      sourceId: `${this.#prefix}-${String(this.people.length + 1).padStart(6, '0')}`,
      kind,
      identifiers: wishes.identifiers ?? [{ number, kind: numberKind, status: 'iBruk', from: wishes.born }],
      number,
      given: wishes.given ?? givenName(dice),
      family: wishes.family ?? familyName(dice),
      sex: wishes.sex,
      born: wishes.born,
      died: wishes.died ?? null,
      status: wishes.status ?? (numberKind === 'dNummer' ? 'midlertidig' : wishes.died ? 'doed' : 'bosatt'),
      protection: wishes.protection ?? 'ugradert',
      address: wishes.address,
      civil: wishes.civil ?? 'ugift',
      responsibilities: [],
      relations: [],
      representatives: [],
      contact: wishes.contact ?? null,
    };
    this.people.push(person);
    return person;
  }

  /** Tells that a grown-up is a parent. This alone gives no right to anything. */
  parent(child: model.Person, parent: model.Person, role: model.ParentRole): void {
    child.relations.push({ to: parent, theirRole: role, myRole: 'barn' });
    parent.relations.push({ to: child, theirRole: 'barn', myRole: role });
  }

  spouses(one: model.Person, other: model.Person): void {
    one.relations.push({ to: other, theirRole: 'ektefelleEllerPartner', myRole: 'ektefelleEllerPartner' });
    other.relations.push({ to: one, theirRole: 'ektefelleEllerPartner', myRole: 'ektefelleEllerPartner' });
  }

  responsible(child: model.Person, ansvar: model.Ansvar, ground: Ground): void {
    const from = ground.from ?? osloMidnight(child.born);
    const current = ground.current ?? true;
    const entry: model.Responsibility = {
      ansvar,
      child,
      holder: ground.holder ?? null,
      holderNumber: ground.holderNumber ?? null,
      unidentified: ground.unidentified ?? null,
      organisation: ground.organisation ?? null,
      current,
      from,
      until: ground.until ?? null,
      reason: ground.reason ?? 'Fødsel',
      source: ground.source ?? 'folkeregistermyndigheten',
      recorded: current ? from : (ground.until ?? from),
    };
    child.responsibilities.push(entry);
    ground.holder?.responsibilities.push(entry);
  }

  /** Both hold it together: two entries, one for each. */
  joint(child: model.Person, one: model.Person, other: model.Person, ground: Ground = {}): void {
    this.responsible(child, 'felles', { ...ground, holder: one });
    this.responsible(child, 'felles', { ...ground, holder: other });
  }

  /** The mother's alone at birth, joint once paternity is acknowledged: what parents who are not married leave behind. */
  jointAfterPaternity(
    child: model.Person,
    mother: model.Person,
    father: model.Person,
    inverted = false,
  ): void {
    const acknowledged = osloMidnight(addDays(child.born, 3));
    this.joint(child, mother, father, { from: acknowledged, reason: 'Farskap', source: 'forelder' });
    this.responsible(child, 'mor', {
      holder: mother,
      current: false,
      // The official test data holds entries that end before they begin; so does ours.
      until: inverted ? osloMidnight(addDays(child.born, -30)) : acknowledged,
      source: 'forelder',
    });
  }

  verge(child: model.Person, verge: model.Person, kind: model.Representative['kind'], from: string): void {
    child.representatives.push({ verge, kind, from });
  }
}

export function address(dice: Dice): model.Address {
  return {
    street: streetName(dice),
    streetCode: String(10_000 + dice.below(90_000)),
    house: 1 + dice.below(90),
    letter: dice.chance(0.2) ? dice.pick(['A', 'B', 'C']) : null,
    unit: dice.pick(['H0101', 'H0102', 'H0201', 'H0301']),
    postcode: String(9990 + dice.below(9)),
    place: 'TINGVIKA',
    schoolDistrict: 1 + dice.below(90),
  };
}
