import { addFamily } from './families.ts';
import { goldenApplicants, goldenNumbers, goldenPeople } from './golden.ts';
import { addInfants } from './infants.ts';
import type { Group, Membership, Person, StaffMember, Unit } from './model.ts';
import { NumberBook } from './numbers.ts';
import { fillKindergarten, fillMunicipality, fillSchool, goldenSchoolOf, isPupil } from './placing.ts';
import { hash } from './random.ts';
import { Registrar } from './registrar.ts';
import { goldenUnits, kindergartens, schools } from './units.ts';
import { Workplace } from './workplace.ts';

export { contactOf } from './contact.ts';
export { goldenApplicants, goldenByName, goldenFamilies, goldenOddities, goldenStaff } from './golden.ts';
export { goldenUnits, municipality, municipalityNumber } from './units.ts';
export type * from './model.ts';

export interface PopulationSize {
  /** Generated children, beside those of the golden families. */
  readonly children: number;
  readonly seed: number;
}

/** The invented municipality: everybody in it, and where each of them belongs. */
export class Population {
  readonly size: PopulationSize;
  readonly people: readonly Person[];
  /** Those who have a place: they are on a roster. */
  readonly children: readonly Person[];
  /** Those who have none: the register alone knows them. */
  readonly withoutPlace: readonly Person[];
  readonly units: readonly Unit[];
  readonly groups: readonly Group[];
  readonly memberships: readonly Membership[];
  readonly staff: readonly StaffMember[];
  readonly #byNumber = new Map<string, Person>();

  constructor(
    size: PopulationSize,
    people: readonly Person[],
    withoutPlace: readonly Person[],
    work: Workplace,
  ) {
    this.size = size;
    this.people = people;
    const isWithout = new Set(withoutPlace);
    this.withoutPlace = withoutPlace;
    this.children = people.filter((person) => person.kind === 'child' && !isWithout.has(person));
    this.units = work.units;
    this.groups = work.groups;
    this.memberships = work.memberships;
    this.staff = work.staff;
    for (const person of people) {
      for (const identifier of person.identifiers) this.#byNumber.set(identifier.number, person);
    }
  }

  /** By any number the person has, or has had. */
  byNumber(number: string): Person | undefined {
    return this.#byNumber.get(number);
  }
}

function fillUnits(work: Workplace, seed: number, children: readonly Person[]): void {
  const pupils = children.filter(isPupil);
  const small = children.filter((child) => !isPupil(child));
  const allSchools = schools(Math.max(3, Math.round(pupils.length / 340)));
  const allKindergartens = kindergartens(Math.max(3, Math.round(small.length / 60)));
  const bySchool = new Map(allSchools.map((school) => [school, [] as Person[]]));
  const byKindergarten = new Map(allKindergartens.map((unit) => [unit, [] as Person[]]));
  for (const child of children) {
    const golden = child.sourceId.startsWith('g-');
    // Siblings live at one address and so go to the same school.
    const home = hash(seed, `${child.address.street}${child.address.streetCode}`);
    if (isPupil(child)) {
      bySchool
        .get(golden ? goldenSchoolOf(child) : (allSchools[home % allSchools.length] ?? goldenUnits.school))
        ?.push(child);
    } else {
      const unit = golden ? goldenUnits.kindergarten : allKindergartens[home % allKindergartens.length];
      byKindergarten.get(unit ?? goldenUnits.kindergarten)?.push(child);
    }
  }
  fillMunicipality(work);
  for (const [school, members] of bySchool) fillSchool(work, seed, school, members);
  for (const [unit, members] of byKindergarten) fillKindergarten(work, unit, members);
}

/** The same people for the same size, always: nothing here looks at the clock. */
export function buildPopulation(size: PopulationSize): Population {
  const registrar = new Registrar(new NumberBook(1, goldenNumbers), 'p', goldenPeople.length);
  const generated: Person[] = [];
  for (let family = 0; generated.length < size.children; family += 1) {
    generated.push(...addFamily(registrar, size.seed, family, size.children - generated.length));
  }
  const work = new Workplace(registrar, size.seed);
  const applicants: readonly Person[] = Object.values(goldenApplicants).map(({ child }) => child);
  const golden = goldenPeople.filter((person) => person.kind === 'child' && !applicants.includes(person));
  fillUnits(work, size.seed, [...golden, ...generated]);
  // After everybody else, so that nobody's number is another for them.
  const infants = addInfants(registrar, size.seed, generated);
  return new Population(size, [...goldenPeople, ...registrar.people], [...applicants, ...infants], work);
}

/** The size as every simulator reads it, so that they all agree on who lives here. */
export function sizeFromEnvironment(env: NodeJS.ProcessEnv = process.env): PopulationSize {
  const children = Number(env['POPULATION_CHILDREN'] ?? 200);
  const seed = Number(env['POPULATION_SEED'] ?? 1);
  if (!Number.isSafeInteger(children) || children < 0)
    throw new Error('POPULATION_CHILDREN must be a whole number, 0 or more');
  if (!Number.isSafeInteger(seed)) throw new Error('POPULATION_SEED must be a whole number');
  return { children, seed };
}
