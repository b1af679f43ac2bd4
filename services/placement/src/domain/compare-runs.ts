import { type Comparison, compare } from './compare.ts';
import { type Application, type Assignment, type Instance, type Result, byCodeUnit } from './instance.ts';
import type { Pinned } from './round-instance.ts';

/** A run as it is kept. */
export interface KeptRun {
  readonly instance: Instance;
  readonly result: Result;
  readonly pinned: readonly Pinned[];
}

/**
 * Two runs side by side, also where something was decided by hand in one of them alone: who was given a seat so has it, and a wish has the
 * number that it has where none of the child's was barred.
 */
export function compareRuns(first: KeptRun, second: KeptRun): Comparison {
  const applications = togetherOf(first.instance, second.instance);
  const all = { ...second.instance, applications };
  return compare(all, resultFor(applications, first), resultFor(applications, second));
}

/** Who does better by a decision, and who worse. */
export const displacedBy = (without: KeptRun, having: KeptRun): Pick<Comparison, 'gain' | 'lose'> => {
  const { gain, lose } = compareRuns(without, having);
  return { gain, lose };
};

function togetherOf(first: Instance, second: Instance): readonly Application[] {
  const together = new Map<string, Application>();
  for (const one of [...first.applications, ...second.applications]) {
    const known = together.get(one.id);
    if (known === undefined || known.wishes.length < one.wishes.length) together.set(one.id, one);
  }
  return [...together.values()].toSorted((one, other) => byCodeUnit(one.id, other.id));
}

function resultFor(applications: readonly Application[], { result, pinned }: KeptRun): Result {
  const pins = new Map(pinned.map((one) => [one.applicationId, one]));
  const assigned = applications.map(({ id, wishes }): [string, Assignment | null] => {
    const pin = pins.get(id);
    const got = result.assigned[id] ?? null;
    const k = pin?.unitId ?? got?.k;
    if (k === undefined) return [id, null];
    const at = wishes.findIndex((wish) => wish.k === k);
    if (pin !== undefined)
      return [
        id,
        { k, pool: pin.pool, via: at === -1 ? 'fallback' : 'wish', wish: at === -1 ? null : at + 1 },
      ];
    return [id, { ...got!, wish: got!.via === 'wish' ? at + 1 : null }];
  });
  return { assigned: Object.fromEntries(assigned), pools: result.pools };
}

/** Whose place is another, by kindergarten and pool. */
export function changedPlaces(before: KeptRun, now: KeptRun): readonly string[] {
  const poolOf = ({ result, pinned }: KeptRun): ReadonlyMap<string, string | null> =>
    new Map([
      ...Object.entries(result.assigned).map(([id, got]): [string, string | null] => [id, got?.pool ?? null]),
      ...pinned.map(({ applicationId, pool }): [string, string | null] => [applicationId, pool]),
    ]);
  const [old, fresh] = [poolOf(before), poolOf(now)];
  return [...fresh].flatMap(([id, pool]) => (old.get(id) === pool ? [] : [id])).toSorted(byCodeUnit);
}
