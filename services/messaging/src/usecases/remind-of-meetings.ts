import { isCopyFresh } from '../store/copy.ts';
import * as meetings from '../store/meetings.ts';
import type { TimerDeps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';

const dayMs = 86_400_000;

/**
 * Has guardians reminded of talks that begin within a day: each once, whoever runs it and however often. While rights cannot be
 * checked, it waits. Answers whether there were any.
 */
export const remindOfMeetings = (deps: TimerDeps): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    if (!(await isCopyFresh(tx, deps.maxStaleness))) return false;
    const now = deps.now();
    const due = await meetings.toRemindOf(tx, { from: now, to: new Date(now.getTime() + dayMs) });
    for (const booking of due) {
      const noticeId = deps.newId();
      await meetings.markReminded(tx, booking.id, noticeId);
      const { unitId, offerId: subjectId } = booking;
      const guardians = await meetings.partiesTo(tx, booking);
      await tellGuardians(tx, { noticeId, category: 'MESSAGE', unitId, subjectId, now }, guardians);
    }
    return due.length > 0;
  });
