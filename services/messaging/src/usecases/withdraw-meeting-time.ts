import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { mayWithdrawMeeting } from '../domain/meeting-policy.ts';
import type { MeetingTime } from '../domain/meeting.ts';
import * as meetings from '../store/meetings.ts';
import type { Deps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';

/**
 * Takes a time back, also one that is booked: whoever has it is told. The service cancels what stood booked, because
 * whoever takes the time back need not be named for the child who has it. Taken back once more, it is answered the same, and nobody is told again.
 */
export function withdrawMeetingTime(deps: Deps, actor: Actor, timeId: string): Promise<MeetingTime> {
  return deps.db.decide(
    actor,
    async (tx) => {
      const time = await meetings.timeById(tx, timeId);
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      if (time === null) throw new AppError('NOT_FOUND');
      mayWithdrawMeeting(actor, facts, time);
      if (!(await meetings.withdrawTime(tx, time.id))) throw new AppError('NOT_FOUND');
      return time;
    },
    async (tx, time) => {
      const now = deps.now();
      for (const booking of await meetings.cancelAt(tx, time.id)) {
        if (booking.reminderId !== null) await tell(tx, noticeDroppedV1, { noticeId: booking.reminderId });
        const { unitId, offerId: subjectId } = time;
        const notice = { noticeId: deps.newId(), category: 'MESSAGE' as const, unitId, subjectId, now };
        await tellGuardians(tx, notice, await meetings.partiesTo(tx, booking));
      }
      return aboutNobody({ ...time, isTaken: false, isWithdrawn: true });
    },
  );
}
