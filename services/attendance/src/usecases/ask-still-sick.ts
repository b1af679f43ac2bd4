import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { noticeDueV1 } from '@ranselpost/schema/events/attendance/notice-due.v1';
import { nextOfStillSick } from '../domain/still-sick.ts';
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
  const { childId, noticeId } = question;
  const known = await stillSick.known(tx, question);
  const calendarOf = await calendars.ofUnits(tx, known.awaitedAt);
  const places = known.awaitedAt.flatMap((unitId) => {
    const calendar = calendarOf.get(unitId);
    return calendar === undefined ? [] : [{ calendar, isFeatureOpen: known.openAt.includes(unitId) }];
  });
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

/** Forgets what was asked on days that are over. */
export const forgetStillSick = (deps: TimerDeps): Promise<void> =>
  deps.db.asService((tx) => stillSick.forget(tx, localDateAt(deps.now())));
