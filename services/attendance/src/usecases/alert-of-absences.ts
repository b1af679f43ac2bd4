import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { type Alert, dueWith, nextOfAlert } from '../domain/absence-alert.ts';
import { dayBoardOf } from '../domain/day-board.ts';
import * as alerts from '../store/alerts.ts';
import * as calendars from '../store/calendars.ts';
import { isCopyFresh } from '../store/copy.ts';
import type { TimerDeps } from './deps.ts';

/**
 * Looks at one alert that is due, or about which something has changed, and has all guardians told if the child is still away and
 * nobody has said so: once, whoever runs it and whatever is killed (ABS-12, S-21). While rights cannot be checked, or absence is
 * stopped at the unit, it waits. One that cannot be looked at waits, and the next is looked at. Answers whether there was any.
 */
export async function checkNextAlert(deps: TimerDeps): Promise<boolean> {
  const now = deps.now();
  let alert: Alert | undefined;
  try {
    return await deps.db.asService(async (tx) => {
      if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
      alert = await alerts.next(tx, now);
      if (alert === undefined) return false;
      await check(tx, alert, now);
      return true;
    });
  } catch (error) {
    const failed = alert;
    if (failed !== undefined) await deps.db.asService((tx) => alerts.putOff(tx, failed, now));
    throw error;
  }
}

async function check(tx: Tx, alert: Alert, now: Date): Promise<void> {
  const { childId, unitId, day, noticeId } = alert;
  const known = await alerts.known(tx, alert);
  const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId);
  const board =
    calendar === undefined || !known.isHere
      ? undefined
      : dayBoardOf({ calendar, day, now, lessons: known.lessons, children: [{ ...known, childId }] });
  const dueAt = dueWith(alert, known.said);
  const state = nextOfAlert(
    { ...alert, dueAt },
    {
      isUnreported: board?.rows[0]?.state === 'ABSENT_UNREPORTED',
      canBeTold: !known.isProtected && known.guardians.length > 0,
    },
    { now, today: localDateAt(now) },
  );
  await alerts.settle(tx, alert, state, dueAt);
  if (state === alert.state) return;
  if (state === 'TOLD')
    await tell(tx, noticeDueV1, {
      ...{ noticeId, category: 'ABSENCE', importance: 'ORDINARY', unitId },
      recipients: known.guardians.map((personId) => ({
        personId,
        capacity: 'guardian' as const,
        childIds: [childId],
      })),
      ...{ subjectId: childId, occurredAt: now.toISOString() },
    });
  if (state === 'DROPPED') await tell(tx, noticeDroppedV1, { noticeId });
  const watchers = [...known.watchers];
  if (watchers.length > 0) await tell(tx, dayChangedV1, { unitId, day, watchers });
}
