import type { Tx } from '@ranselpost/kit/database';
import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { mayBeOpen } from '../domain/day-board.ts';
import * as marks from '../store/marks.ts';

/** A child's day at a unit. */
interface ChildDay {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
}

type WatchersOf = typeof marks.watchersOf;

/** What those of the staff who see some children are to be told: that days of a unit are to be read anew, once for each unit. */
export async function daysChanged(
  tx: Tx,
  changed: readonly ChildDay[],
  today: LocalDate,
  watchersOf: WatchersOf = marks.watchersOf,
): Promise<readonly Fact[]> {
  const near = changed.filter(({ day }) => mayBeOpen(day, today));
  const units = [...Map.groupBy(near, ({ unitId }) => unitId)].map(([unitId, some]) => ({
    ...{ unitId, days: some.map(({ day }) => day).toSorted() },
    childIds: [...new Set(some.map(({ childId }) => childId))],
  }));
  const watchers = await watchersOf(tx, units);
  return units.flatMap(({ unitId, days }, place) => {
    const [day, lastDay] = [days[0]!, days.at(-1)!];
    const told = { unitId, day, ...(lastDay === day ? {} : { lastDay }), watchers: [...watchers[place]!] };
    return told.watchers.length === 0 ? [] : [fact(dayChangedV1, told)];
  });
}

/** As the service: the same. */
export const daysChangedByService = (tx: Tx, changed: readonly ChildDay[], today: LocalDate) =>
  daysChanged(tx, changed, today, marks.watchersAt);

/** Has those of the staff who see some children told that a day of the unit is to be read anew. */
export const tellDayChanged = async (
  tx: Tx,
  { unitId, day }: { readonly unitId: string; readonly day: LocalDate },
  childIds: readonly string[],
  today: LocalDate,
): Promise<void> =>
  tellAll(
    tx,
    await daysChanged(
      tx,
      childIds.map((childId) => ({ childId, unitId, day })),
      today,
    ),
  );
