import type { Group, Membership, Person, RoleType, StaffMember, Unit } from './model.ts';
import { dice } from './random.ts';
import { address, type Registrar } from './registrar.ts';
import { feideRealm, municipality } from './units.ts';

const plain = (name: string): string =>
  name.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('å', 'a');

/** Who belongs where, from when to when: what a roster file is written from. */
export class Workplace {
  readonly units: Unit[] = [municipality];
  readonly groups: Group[] = [];
  readonly memberships: Membership[] = [];
  readonly staff: StaffMember[] = [];
  readonly #employed = new Set<Person>();
  readonly #registrar: Registrar;
  readonly #seed: number;
  #hired = 0;
  constructor(registrar: Registrar, seed: number) {
    this.#registrar = registrar;
    this.#seed = seed;
  }

  join(person: Person, target: Unit | Group, role: RoleType, from: string, to: string | null = null): void {
    this.memberships.push({ person, target, role, from, to });
  }

  employ(person: Person, title: string): Person {
    if (this.#employed.has(person)) return person;
    this.#employed.add(person);
    // Golden people log in by their plain name; others share names, so theirs carries a number.
    const suffix = person.sourceId.startsWith('g-') ? '' : String(person.index);
    this.staff.push({
      person,
      feide: `${plain(`${person.given}.${person.family}`)}${suffix}@${feideRealm}`,
      title,
    });
    return person;
  }

  hire(title: string): Person {
    const throws = dice(this.#seed, 'staff', (this.#hired += 1));
    const people = this.#registrar.people;
    // Three in a hundred who work here are guardians here too.
    const guardian = people[throws.below(people.length)];
    if (
      throws.chance(0.03) &&
      guardian?.kind === 'adult' &&
      guardian.status === 'bosatt' &&
      !this.#employed.has(guardian)
    )
      return this.employ(guardian, title);
    const born = `${1960 + throws.below(43)}-${twoDigits(1 + throws.below(12))}-${twoDigits(1 + throws.below(28))}`;
    const sex = throws.chance(0.75) ? 'kvinne' : 'mann';
    return this.employ(
      this.#registrar.person('adult', throws, { born, sex, address: address(throws) }),
      title,
    );
  }
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
