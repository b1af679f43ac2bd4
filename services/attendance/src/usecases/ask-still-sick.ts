import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { isOpen } from '../domain/calendar.ts';
import {
  type AwaitedPlace,
  firstLook,
  laterDayToAsk,
  nextOfStillSick,
  sickDayBefore,
} from '../domain/still-sick.ts';
import * as calendars from '../store/calendars.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as stillSick from '../store/still-sick.ts';
import type { ClockDeps, TimerDeps } from './deps.ts';

/**
 * Looks at one question that is due, or about which something has changed: asks all guardians, once, and takes back what has not gone
 * out when there is nothing to ask any more (T09, S-21). While rights cannot be checked it waits; what comes too late is not asked.
 * Answers whether there was any.
 */
export async function askNextStillSick(deps: ClockDeps): Promise<boolean> {
  const now = deps.now();
  let question: stillSick.Question | undefined;
  try {
    return await deps.db.asService(async (tx) => {
      if (!deps.asksStillSick || !(await isCopyFresh(tx, deps.maxStaleness))) return false;
      question = await stillSick.next(tx, now);
      if (question === undefined) return false;
      await ask(tx, question, now);
      return true;
    });
  } catch (error) {
    const failed = question;
    if (failed !== undefined) await deps.db.asService((tx) => stillSick.putOff(tx, failed, now));
    throw error;
  }
}

async function ask(tx: Tx, question: stillSick.Question, now: Date): Promise<void> {
  const { childId, day, noticeId } = question;
  const calendarOf = await calendars.ofUnits(tx, question.unitIds);
  const lastDays = [...calendarOf.values()].flatMap((calendar) => {
    const sickOn = sickDayBefore(calendar, day);
    return sickOn === null ? [] : [{ unitId: calendar.unitId, sickOn }];
  });
  const known = await stillSick.known(tx, question, lastDays);
  const places = known.awaitedAt.map((unitId) => ({
    calendar: calendarOf.get(unitId)!,
    isFeatureOpen: known.openAt.includes(unitId),
  }));
  if (question.state === 'WAITING') await moveOn(tx, question, places);
  const { unitId, ...next } = nextOfStillSick(question, known.guardians.length > 0 ? places : [], now);
  // Of a protected child nothing leaves by itself: the portal asks (S-08).
  const toldNow = next.state === 'ASKED' && question.state === 'WAITING' && !known.isProtected;
  await stillSick.settle(tx, question, { ...next, toldNow });
  if (toldNow)
    await tell(tx, noticeDueV1, {
      ...{ noticeId, category: 'ABSENCE', importance: 'ORDINARY', unitId },
      recipients: known.guardians.map((personId) => ({
        ...{ personId, capacity: 'guardian' as const, childIds: [childId] },
      })),
      ...{ subjectId: childId, occurredAt: now.toISOString() },
    });
  if (next.state === 'SETTLED' && question.isTold) await tell(tx, noticeDroppedV1, { noticeId });
}

/** Units that are closed on the day ask on the next one on which they are open. */
async function moveOn(
  tx: Tx,
  { childId, day }: stillSick.Question,
  places: readonly AwaitedPlace[],
): Promise<void> {
  const moves = places.flatMap(({ calendar }) => {
    const later = isOpen(calendar, day) ? null : laterDayToAsk(calendar, day);
    return later === null ? [] : [{ day: later, unitId: calendar.unitId, lookAt: firstLook(later) }];
  });
  if (moves.length > 0) await stillSick.moveOn(tx, childId, moves);
}

/** Forgets what was asked on days that are over. */
export const forgetStillSick = (deps: TimerDeps): Promise<void> =>
  deps.db.asService((tx) => stillSick.forget(tx, localDateAt(deps.now())));
