import { type LocalDate, addDays, instantOf, localDateAt } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

export type MeetingKind = 'DEVELOPMENT_TALK' | 'OTHER';
export type MeetingWay = 'AT_THE_UNIT' | 'PHONE' | 'VIDEO';

/** What staff say of the times that they offer for talks with guardians. */
export interface MeetingTerms {
  readonly kind: MeetingKind;
  readonly way: MeetingWay;
  readonly room: string | null;
  /** How many days before a time it can be booked for the last time, until that day's end; 0: until it begins. */
  readonly bookingEndsDaysBefore: number;
  readonly cancellingEndsDaysBefore: number;
  /** Whether guardians of a child may have a talk each (ASM-08). */
  readonly isSeparate: boolean;
}

export interface MeetingOffer extends MeetingTerms {
  readonly id: string;
  readonly unitId: string;
  /** Null once they have been erased. */
  readonly heldBy: string | null;
  /** The children it is for, as far as whoever asks may know. */
  readonly childIds: readonly string[];
  readonly publishedAt: Date;
}

export interface MeetingSpan {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface MeetingTime extends MeetingSpan {
  readonly id: string;
  readonly offerId: string;
  readonly unitId: string;
  readonly heldBy: string | null;
  readonly isTaken: boolean;
  readonly isWithdrawn: boolean;
}

export interface MeetingBooking {
  readonly id: string;
  readonly timeId: string;
  readonly offerId: string;
  readonly unitId: string;
  readonly childId: string;
  readonly bookedBy: string | null;
  /** The child's id where it is the child's talk; else that of the one guardian whose it is, and nobody else's (ADR-11). */
  readonly party: string;
  readonly bookedAt: Date;
  readonly isCancelled: boolean;
  readonly reminderId: string | null;
}

export type MeetingRefusal =
  | {
      readonly kind:
        | 'time-past'
        | 'ends-before-it-starts'
        | 'too-long'
        | 'too-many-times'
        | 'times-overlap'
        | 'time-taken'
        | 'booking-over'
        | 'cancelling-over'
        | 'already-booked'
        | 'not-booked';
    }
  | FeatureClosed;

export const mostTimes = 100;
const longestMs = 4 * 3_600_000;

const overlap = (one: MeetingSpan, other: MeetingSpan): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** `standing` is what whoever holds the talks has offered already: nobody is in two at once. */
export function decideMeetingTimes(
  unitId: string,
  times: readonly MeetingSpan[],
  {
    now,
    features,
    standing,
  }: {
    readonly now: Date;
    readonly features: FeatureStandings;
    readonly standing: readonly MeetingSpan[];
  },
): Result<readonly MeetingSpan[], MeetingRefusal> {
  if (times.length > mostTimes) return refuse({ kind: 'too-many-times' });
  const sorted = times.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  if (sorted.some(({ startsAt, endsAt }) => endsAt <= startsAt))
    return refuse({ kind: 'ends-before-it-starts' });
  if (sorted.some(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() > longestMs))
    return refuse({ kind: 'too-long' });
  if (sorted.some(({ startsAt }) => startsAt <= now)) return refuse({ kind: 'time-past' });
  const clashes = sorted.some(
    (time, at) =>
      (at > 0 && overlap(time, sorted[at - 1]!)) || standing.some((other) => overlap(time, other)),
  );
  if (clashes) return refuse({ kind: 'times-overlap' });
  const isOpen = requireFeature(features, unitId);
  return isOpen.ok ? accept(sorted) : isOpen;
}

/** Until when a time can be booked, or given up: to the end of a day some days before it, by clocks in Norway. */
export const meetingEndsAt = (startsAt: Date, daysBefore: number): Date =>
  daysBefore === 0 ? startsAt : instantOf(midnightOf(startsAt, daysBefore), '00:00');

const midnightOf = (startsAt: Date, daysBefore: number): LocalDate =>
  addDays(localDateAt(startsAt), 1 - daysBefore);

export interface KnownMeeting {
  readonly now: Date;
  readonly features: FeatureStandings;
  readonly terms: MeetingTerms;
  /** The bookings of the child that stand and that whoever asks may know of. */
  readonly standing: readonly MeetingBooking[];
  /** What is given up for it, with the time that it has now. */
  readonly given: { readonly booking: MeetingBooking; readonly time: MeetingTime } | null;
}

/** One talk of an offer for each child, or for each guardian; a talk that is moved is given up as one that is cancelled. */
export function decideBooking(time: MeetingTime, known: KnownMeeting): Result<true, MeetingRefusal> {
  const { now, features, terms, standing, given } = known;
  const isOpen = requireFeature(features, time.unitId);
  if (!isOpen.ok) return isOpen;
  if (given !== null) {
    const mayGo = decideCancelling(given.booking, given.time, { now, features, terms });
    if (!mayGo.ok) return mayGo;
  }
  if (now >= meetingEndsAt(time.startsAt, terms.bookingEndsDaysBefore))
    return refuse({ kind: 'booking-over' });
  if (time.isTaken || time.isWithdrawn) return refuse({ kind: 'time-taken' });
  if (standing.some(({ id }) => id !== given?.booking.id)) return refuse({ kind: 'already-booked' });
  return accept(true);
}

export function decideCancelling(
  booking: MeetingBooking,
  time: MeetingTime,
  { now, features, terms }: Pick<KnownMeeting, 'now' | 'features' | 'terms'>,
): Result<true, MeetingRefusal> {
  const isOpen = requireFeature(features, time.unitId);
  if (!isOpen.ok) return isOpen;
  if (booking.isCancelled) return refuse({ kind: 'not-booked' });
  if (now >= meetingEndsAt(time.startsAt, terms.cancellingEndsDaysBefore))
    return refuse({ kind: 'cancelling-over' });
  return accept(true);
}
