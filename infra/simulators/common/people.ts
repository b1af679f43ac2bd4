import { goldenByName, type Person, type Population } from '../population/index.ts';

export interface PersonView {
  readonly number: string;
  readonly name: string;
  readonly born: string;
  readonly kind: 'child' | 'adult';
  readonly golden: string[];
}

const goldenNames = new Map<Person, string[]>();
for (const [name, person] of goldenByName)
  goldenNames.set(person, [...(goldenNames.get(person) ?? []), name]);

export function toView(person: Person): PersonView {
  return {
    number: person.number,
    name: `${person.given} ${person.family}`,
    born: person.born,
    kind: person.kind,
    golden: goldenNames.get(person) ?? [],
  };
}

/** A national number as it is, or the number behind a golden name such as `F1.mother`. */
export function numberOf(wish: unknown): string | undefined {
  if (typeof wish !== 'string') return undefined;
  if (/^\d{11}$/.test(wish)) return wish;
  return goldenByName.get(wish)?.number;
}

export function goldenList(): (PersonView & { readonly key: string })[] {
  return [...goldenByName].map(([key, person]) => ({ key, ...toView(person) }));
}

/** People whose name, number or golden name holds the text. */
export function findPeople(population: Population, text: string, limit: number): PersonView[] {
  const wanted = text.toUpperCase();
  const found: PersonView[] = [];
  for (const person of population.people) {
    if (found.length >= limit) break;
    const view = toView(person);
    if (`${view.name} ${view.number} ${view.golden.join(' ').toUpperCase()}`.includes(wanted))
      found.push(view);
  }
  return found;
}

/** Month + 80: the registers' own series for invented people. Nothing else may enter a simulator. */
export function isSynthetic(number: string): boolean {
  return /^\d{2}[89]\d{8}$/.test(number);
}
