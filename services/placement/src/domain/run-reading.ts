import type { KeptRun } from './compare-runs.ts';
import { byCodeUnit } from './instance.ts';
import { namesIn } from './publication.ts';

/** What an application gets in a run. */
export interface RunPlacement {
  readonly applicationId: string;
  readonly place: {
    readonly unitId: string;
    readonly group: string;
    readonly via: 'WISH' | 'CURRENT' | 'FALLBACK' | 'HAND';
    readonly wish: number | null;
  } | null;
}

const ways = { wish: 'WISH', current: 'CURRENT', fallback: 'FALLBACK' } as const;

/** Who gets what, by application; where asked for, those alone who have the right to a place and get none. */
export function placementsOf(
  { instance, result, pinned }: KeptRun,
  { onlyRightWithout }: { readonly onlyRightWithout: boolean },
): readonly RunPlacement[] {
  const computed = instance.applications.flatMap(({ id: applicationId, flags }): readonly RunPlacement[] => {
    const got = result.assigned[applicationId] ?? null;
    if (onlyRightWithout && (got !== null || !flags.includes('right'))) return [];
    if (got === null) return [{ applicationId, place: null }];
    const { unitId, group } = namesIn(got.pool);
    return [{ applicationId, place: { unitId, group, via: ways[got.via], wish: got.wish } }];
  });
  const byHand = pinned.map(({ applicationId, pool }): RunPlacement => {
    const { unitId, group } = namesIn(pool);
    return { applicationId, place: { unitId, group, via: 'HAND', wish: null } };
  });
  return [...computed, ...(onlyRightWithout ? [] : byHand)].toSorted((one, other) =>
    byCodeUnit(one.applicationId, other.applicationId),
  );
}
