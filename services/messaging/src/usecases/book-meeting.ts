import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { mayBookMeeting, mayChangeMeeting, maySeeMeeting } from '../domain/meeting-policy.ts';
import {
  type MeetingBooking,
  type MeetingOffer,
  type MeetingRefusal,
  type MeetingTime,
  decideBooking,
} from '../domain/meeting.ts';
import * as meetings from '../store/meetings.ts';
import type { Deps } from './deps.ts';

export interface BookingWanted {
  readonly timeId: string;
  readonly childId: string;
  /** The talk that is given up for it, where one is moved. */
  readonly insteadOf: string | null;
  readonly idempotencyKey: string;
}

/** A talk with its time and the terms it was offered on. */
export interface Meeting {
  readonly booking: MeetingBooking;
  readonly time: MeetingTime;
  readonly offer: MeetingOffer;
}

/** Books a free time for a talk about a child, or moves one there: both or neither. */
export const bookMeeting = (
  deps: Deps,
  actor: Actor,
  wanted: BookingWanted,
): Promise<Result<Meeting, MeetingRefusal>> => twice(() => takeIn(deps, actor, wanted));

function takeIn(deps: Deps, actor: Actor, wanted: BookingWanted): Promise<Result<Meeting, MeetingRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<Result<Meeting, MeetingRefusal>>> => {
    const time = await meetings.timeById(tx, wanted.timeId);
    const offer = time && (await meetings.offerById(tx, time.offerId));
    const facts = await loadAccessFacts(tx, actor, [wanted.childId], localDateAt(deps.now()));
    if (time === null || offer === null) throw new AppError('NOT_FOUND');
    mayBookMeeting(actor, facts, offer, wanted.childId);
    const { personId } = actor;
    const underKey = await meetings.bookingUnderKey(tx, personId, wanted.idempotencyKey);
    if (underKey !== null) {
      if (underKey.timeId !== time.id || underKey.childId !== wanted.childId)
        throw new AppError('BAD_USER_INPUT', 'the key names another booking');
      return aboutNobody(accept({ booking: underKey, time, offer }));
    }
    const given = wanted.insteadOf === null ? null : await known(tx, wanted.insteadOf);
    if (given !== null) {
      mayChangeMeeting(actor, facts, given.booking);
      if (given.booking.childId !== wanted.childId || given.booking.offerId !== offer.id)
        throw new AppError('NOT_FOUND');
    }
    const features = await loadFeature(tx, 'MESSAGING', facts, [time.unitId]);
    const standing = (await meetings.bookingsOf(tx, [offer.id])).filter(
      (booking) => booking.childId === wanted.childId && maySeeMeeting(actor, facts, booking),
    );
    const decision = decideBooking(time, { now: deps.now(), features, terms: offer, standing, given });
    if (!decision.ok) return aboutNobody(decision);
    if (given !== null) await giveUp(tx, given.booking);
    const { childId, idempotencyKey } = wanted;
    const booking = await meetings.insertBooking(tx, {
      ...{ id: deps.newId(), time, childId, bookedBy: personId, idempotencyKey },
    });
    // What was given up for it stands again.
    if (booking === null) throw new AppError('CONFLICT', 'a booking stands that was not there a moment ago');
    return aboutNobody(accept({ booking, time, offer }));
  });
}

async function known(tx: Tx, bookingId: string): Promise<{ booking: MeetingBooking; time: MeetingTime }> {
  const booking = await meetings.bookingById(tx, bookingId);
  const time = booking && (await meetings.timeById(tx, booking.timeId));
  if (booking === null || time === null) throw new AppError('NOT_FOUND');
  return { booking, time };
}

/** Cancels a booking, and the notice that reminds of it where one is on its way. */
export async function giveUp(tx: Tx, { id, reminderId }: MeetingBooking): Promise<void> {
  await meetings.cancelBooking(tx, id);
  if (reminderId !== null) await tell(tx, noticeDroppedV1, { noticeId: reminderId });
}
