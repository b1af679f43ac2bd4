import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayChangeMeeting } from '../domain/meeting-policy.ts';
import { type MeetingRefusal, decideCancelling } from '../domain/meeting.ts';
import * as meetings from '../store/meetings.ts';
import { type Meeting, giveUp } from './book-meeting.ts';
import type { Deps } from './deps.ts';

/** Gives a talk up, so that others can have its time. Given up once more, it is answered the same. */
export function cancelMeeting(
  deps: Deps,
  actor: Actor,
  bookingId: string,
): Promise<Result<Meeting, MeetingRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<Result<Meeting, MeetingRefusal>>> => {
    const booking = await meetings.bookingById(tx, bookingId);
    const time = booking && (await meetings.timeById(tx, booking.timeId));
    const offer = time && (await meetings.offerById(tx, time.offerId));
    if (booking === null || time === null || offer === null) throw new AppError('NOT_FOUND');
    const facts = await loadAccessFacts(tx, actor, [booking.childId], localDateAt(deps.now()));
    mayChangeMeeting(actor, facts, booking);
    if (booking.isCancelled) return aboutNobody(accept({ booking, time, offer }));
    const features = await loadFeature(tx, 'MESSAGING', facts, [time.unitId]);
    const decision = decideCancelling(booking, time, { now: deps.now(), features, terms: offer });
    if (!decision.ok) return aboutNobody(decision);
    await giveUp(tx, booking);
    return aboutNobody(accept({ booking: { ...booking, isCancelled: true }, time, offer }));
  });
}
