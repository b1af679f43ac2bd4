import type { Tx } from '@ranselpost/kit/database';
import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import * as marks from '../store/marks.ts';

/** A child's day at a unit. */
interface ChildDay {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
}

/** What those of the staff who see some children are to be told: that days of a unit are to be read anew. */
export async function daysChanged(tx: Tx, changed: readonly ChildDay[]): Promise<readonly Fact[]> {
  const days = [...Map.groupBy(changed, ({ unitId, day }) => `${unitId} ${day}`).values()].map((some) => ({
    ...{ unitId: some[0]!.unitId, day: some[0]!.day },
    childIds: [...new Set(some.map(({ childId }) => childId))].toSorted(),
  }));
  const watchers = await marks.watchersOf(tx, days);
  return days.flatMap(({ unitId, day }, place) => {
    const whom = [...watchers[place]!];
    return whom.length === 0 ? [] : [fact(dayChangedV1, { unitId, day, watchers: whom })];
  });
}

/** Has those of the staff who see some children told that a day of the unit is to be read anew. */
export const tellDayChanged = async (
  tx: Tx,
  { unitId, day }: { readonly unitId: string; readonly day: LocalDate },
  childIds: readonly string[],
): Promise<void> =>
  tellAll(
    tx,
    await daysChanged(
      tx,
      childIds.map((childId) => ({ childId, unitId, day })),
    ),
  );
