import { buildPopulation, goldenByName, type Person } from '@ranselpost/infra/simulators/population/index';
import { inject } from 'vitest';

/** Two living adults with joint responsibility, and all their children here. */
export interface JointFamily {
  readonly mother: string;
  readonly father: string;
  readonly children: readonly Person[];
}

/**
 * Generated families, for what cannot be undone: the golden ones have to be found by every journey as they were. The
 * same ones each time; whoever takes one takes it by its place in the list, and for itself alone.
 */
export function jointFamilies(): readonly JointFamily[] {
  const { children } = buildPopulation({ children: inject('stack').children, seed: 1 });
  const golden = new Set<Person>(goldenByName.values());
  const joint = children.filter((child) => !golden.has(child) && isPlainlyJoint(child));
  const byHolders = Map.groupBy(joint, (child) =>
    holdersOf(child)
      .map(({ number }) => number)
      .join(),
  );
  return [...byHolders.values()].map((siblings) => {
    const [mother, father] = holdersOf(siblings[0]!);
    return { mother: mother!.number, father: father!.number, children: siblings };
  });
}

const holdersOf = (child: Person): Person[] =>
  child.responsibilities.flatMap(({ current, holder }) => (current && holder !== null ? [holder] : []));

const isPlainlyJoint = (child: Person): boolean => {
  const people = [child, ...holdersOf(child)];
  return (
    people.length === 3 &&
    child.responsibilities.every(({ ansvar, current }) => ansvar === 'felles' || !current) &&
    people.every(({ status, protection }) => status === 'bosatt' && protection === 'ugradert')
  );
};
