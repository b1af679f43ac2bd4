import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { isOpen } from '../domain/calendar.ts';
import { countDays } from '../domain/school-day.ts';
import { reachedSince } from '../domain/threshold.ts';
import * as absentDays from '../store/absent-days.ts';
import * as calendars from '../store/calendars.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as followUps from '../store/follow-ups.ts';
import * as thresholds from '../store/thresholds.ts';
import type { ClockDeps } from './deps.ts';

/**
 * Looks at the absence of one pupil of whom something was marked or reported, and has staff told of each threshold that it has reached:
 * once for a pupil, a threshold and its period, whoever runs it and whatever is killed (T14, S-21). While rights cannot be checked, or
 * absence is stopped at the school, it waits; what cannot be looked at waits, and the next is looked at. Answers whether there was any.
 */
export async function watchNextAbsence(deps: ClockDeps): Promise<boolean> {
  const now = deps.now();
  let look: thresholds.Look | undefined;
  try {
    return await deps.db.asService(async (tx) => {
      if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
      look = await thresholds.take(tx, localDateAt(now), now);
      if (look === undefined) return false;
      await watch(deps, tx, look);
      return true;
    });
  } catch (error) {
    const failed = look;
    if (failed !== undefined) await deps.db.asService((tx) => thresholds.putOff(tx, failed, now));
    throw error;
  }
}

async function watch(deps: ClockDeps, tx: Tx, look: thresholds.Look): Promise<void> {
  const today = localDateAt(deps.now());
  const { childId, unitId, about } = look;
  const wanted = await thresholds.inForceAt(tx, unitId);
  const { isHere, isProtected } = await thresholds.placeOf(tx, look, today);
  const [found] = await absentDays.asService(tx, [
    { childId, from: addDays(today, -400), to: addDays(today, 1) },
  ]);
  const units = await calendars.ofUnits(tx, [...new Set([unitId, ...found!.days.map((one) => one.unitId)])]);
  const calendar = units.get(unitId);
  // A pupil who has left is the other school's to look at.
  if (!isHere || calendar?.kind !== 'SCHOOL') return;
  const known = {
    ...{ today, about, absent: countDays(units, found!.days) },
    isSchoolDay: (day: string) => isOpen(calendar, day),
  };
  for (const threshold of wanted) {
    const since = reachedSince(threshold, known);
    if (since === null) continue;
    const alert = { ...threshold, id: deps.newId(), thresholdId: threshold.id, since, raisedOn: today };
    if (!(await thresholds.raise(tx, look, alert))) continue;
    if (threshold.opens !== null)
      await followUps.openByThreshold(tx, { id: deps.newId(), childId, unitId, kind: threshold.opens });
    const told = await thresholds.toldOf(tx, look, threshold.tells);
    // Of a protected child nothing leaves by itself (S-08): whoever is named for it sees it at the school.
    if (told.length === 0 || isProtected) continue;
    await tell(tx, noticeDueV1, {
      ...{ noticeId: alert.id, category: 'ABSENCE_NEWS', importance: 'ORDINARY', unitId },
      recipients: told.map((personId) => ({ personId, capacity: 'staff' as const, childIds: [childId] })),
      ...{ subjectId: alert.id, occurredAt: deps.now().toISOString() },
    });
  }
}
