import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import * as marks from '../store/marks.ts';

/** Has those of the staff who see some children told that a day of the unit is to be read anew. */
export async function tellDayChanged(
  tx: Tx,
  { unitId, day }: { readonly unitId: string; readonly day: LocalDate },
  childIds: readonly string[],
): Promise<void> {
  const watchers = await marks.watchersOf(tx, unitId, childIds);
  if (watchers.length > 0) await tell(tx, dayChangedV1, { unitId, day, watchers: [...watchers] });
}
