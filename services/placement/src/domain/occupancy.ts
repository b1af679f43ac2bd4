import { namesIn } from './publication.ts';
import { isWithinCapacity } from './publishing.ts';
import type { KeptRun } from './compare-runs.ts';
import type { RecordedUnit } from './run-facts.ts';

/** How a unit stands against area and staff when all that a run gives is taken (BHG-25). */
export interface Occupancy {
  readonly unitId: string;
  readonly small: number;
  readonly large: number;
  readonly area: number;
  readonly adults: number;
  readonly isWithin: boolean;
}

/** Of the units for which somebody has said what area and how many adults there are. */
export function occupancyOf(
  units: readonly RecordedUnit[],
  { result, pinned }: KeptRun,
): readonly Occupancy[] {
  const filled = new Map<string, number>();
  const add = (pool: string, count: number): void => {
    const { unitId, group } = namesIn(pool);
    const key = `${unitId} ${group}`;
    filled.set(key, (filled.get(key) ?? 0) + count);
  };
  for (const [pool, one] of Object.entries(result.pools)) add(pool, one.filled);
  for (const { pool } of pinned) add(pool, 1);
  return units.flatMap(({ id, seats }) => {
    const norm = seats.find(({ area, adults }) => area !== null && adults !== null);
    if (norm === undefined) return [];
    const [area, adults] = [norm.area!, norm.adults!];
    const count = (group: string): number =>
      (filled.get(`${id} ${group}`) ?? 0) + (seats.find((one) => one.group === group)?.occupied ?? 0);
    const [small, large] = [count('small'), count('large')];
    return [
      {
        unitId: id,
        small,
        large,
        area,
        adults,
        isWithin: isWithinCapacity({ area, adults }, { small, large }),
      },
    ];
  });
}
