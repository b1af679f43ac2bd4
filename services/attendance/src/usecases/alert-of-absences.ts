import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { dayChangedV1 } from '@ranselpost/schema/events/attendance/day-changed.v1';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { nextOfAlert } from '../domain/absence-alert.ts';
import { dayBoardOf } from '../domain/day-board.ts';
import * as alerts from '../store/alerts.ts';
import * as calendars from '../store/calendars.ts';
import { isCopyFresh } from '../store/copy.ts';
import type { TimerDeps } from './deps.ts';

/**
 * Looks at one alert that is due, or about which something has changed, and has all guardians told if the child is still away and
 * nobody has said so: once, whoever runs it and whatever is killed (ABS-12, S-21). While rights cannot be checked, or absence is
 * stopped at the unit, it waits. Answers whether there was any.
 */
export const checkNextAlert = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const now = deps.now();
    const alert = await alerts.next(tx, now);
    if (alert === undefined) return false;
    const { childId, unitId, day, noticeId } = alert;
    const known = await alerts.known(tx, alert);
    const calendar = (await calendars.ofUnits(tx, [unitId])).get(unitId);
    const board =
      calendar === undefined || !known.isHere
        ? undefined
        : dayBoardOf({ calendar, day, now, lessons: known.lessons, children: [{ ...known, childId }] });
    const state = nextOfAlert(
      alert,
      {
        isUnreported: board?.rows[0]?.state === 'ABSENT_UNREPORTED',
        canBeTold: !known.isProtected && known.guardians.length > 0,
      },
      { now, today: localDateAt(now) },
    );
    await alerts.settle(tx, alert, state);
    if (state === alert.state) return true;
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
    return true;
  });
