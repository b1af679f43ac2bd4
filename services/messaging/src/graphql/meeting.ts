import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { MeetingBooking, MeetingOffer, MeetingRefusal, MeetingTime } from '../domain/meeting.ts';
import type { Meeting } from '../usecases/book-meeting.ts';
import {
  type ShownOffer,
  type ShownOffers,
  cancellableUntil,
  readChildMeetings,
  readHeldMeetings,
} from '../usecases/read-meetings.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  FeatureClosed,
  MeetingOffer as MeetingOfferShown,
  MeetingTime as TimeShown,
  Meeting as MeetingShown,
  MeetingRefused,
  QueryResolvers,
  RefusalCode,
} from './generated/types.ts';
import { textOf } from './refusal-texts.ts';
import type { Context } from './types.ts';

/** The unit goes out as a key: what else of it may be seen, its owner says. */
type OfferShown = Omit<MeetingOfferShown, 'unit'> & { readonly unit: { readonly id: string } };

export const toMeeting = (
  { id, childId, isCancelled }: MeetingBooking,
  time: MeetingTime,
  offer: MeetingOffer,
): MeetingShown => ({
  ...{ id, child: { id: childId }, isCancelled },
  ...{ startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() },
  cancellableUntil: cancellableUntil(time, offer).toISOString(),
});

export const meetingOf = ({ booking, time, offer }: Meeting): MeetingShown => toMeeting(booking, time, offer);

export const toTime = (time: MeetingTime, meeting: MeetingShown | null): TimeShown => ({
  ...{ id: time.id, startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString(), meeting },
  state: time.isWithdrawn ? 'WITHDRAWN' : time.isTaken ? 'BOOKED' : 'FREE',
});

export const toOffer = ({ offer, times }: ShownOffer, { actor }: Pick<Context, 'actor'>): OfferShown => ({
  ...{ id: offer.id, kind: offer.kind, way: offer.way, room: offer.room, isSeparate: offer.isSeparate },
  ...{ unit: { id: offer.unitId }, children: offer.childIds.map((id) => ({ id })) },
  isOwn: actor.kind === 'staff' && offer.heldBy === actor.personId,
  heldBy: offer.heldBy === null ? null : { id: offer.heldBy },
  publishedAt: offer.publishedAt.toISOString(),
  times: times.map(({ time, booking }) => toTime(time, booking && toMeeting(booking, time, offer))),
});

const codes: Readonly<Record<Exclude<MeetingRefusal['kind'], 'feature-closed'>, RefusalCode>> = {
  'time-past': 'MEETING_TIME_PAST',
  'ends-before-it-starts': 'MEETING_ENDS_BEFORE_IT_STARTS',
  'too-long': 'MEETING_TOO_LONG',
  'too-many-times': 'MEETING_TOO_MANY_TIMES',
  'times-overlap': 'MEETING_TIMES_OVERLAP',
  'time-taken': 'MEETING_TIME_TAKEN',
  'booking-over': 'MEETING_BOOKING_OVER',
  'cancelling-over': 'MEETING_CANCELLING_OVER',
  'already-booked': 'MEETING_ALREADY_BOOKED',
  'not-booked': 'MEETING_NOT_BOOKED',
};

type Refused =
  (MeetingRefused & { __typename: 'MeetingRefused' }) | (FeatureClosed & { __typename: 'FeatureClosed' });
export function toMeetingRefusal(refusal: MeetingRefusal): Refused {
  if (refusal.kind === 'feature-closed') return toFeatureClosed(refusal);
  const code = codes[refusal.kind];
  return { __typename: 'MeetingRefused', code, message: textOf(code) };
}

/** Whoever may not see a list is told that there is nothing, and nobody sees one that is hidden for now. */
function toOffers(offers: ShownOffers, first: number, after: string | null, context: Context) {
  if (offers === null) throw new AppError('NOT_FOUND');
  if (offers === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(
    offers.map((offer) => toOffer(offer, context)),
    first,
    after,
    ({ id }) => id,
  );
}

export function readPageById(page: Parameters<typeof readPage>[0]): ReturnType<typeof readPage> {
  const wanted = readPage(page);
  if (wanted.after !== null && !isId(wanted.after))
    throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return wanted;
}

export const meetingOffers: NonNullable<QueryResolvers<Context>['meetingOffers']> = async (
  _parent,
  { childId, ...page },
  context,
) => {
  const wanted = readPageById(page);
  if (!isId(childId)) throw new AppError('NOT_FOUND');
  const offers = await readChildMeetings(context.deps, context.actor, childId, wanted);
  return toOffers(offers, wanted.first, wanted.after, context);
};

export const heldMeetingOffers: NonNullable<QueryResolvers<Context>['heldMeetingOffers']> = async (
  _parent,
  page,
  context,
) => {
  const wanted = readPageById(page);
  const offers = await readHeldMeetings(context.deps, context.actor, wanted);
  return toOffers(offers, wanted.first, wanted.after, context);
};
