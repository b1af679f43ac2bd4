import { type LocalDate, addDays, instantOf, isWithin } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Hours, LocalTime } from './day-state.ts';

/** From when to when a child is elsewhere on duty with others of its unit (T27). */
export interface Trip {
  readonly tripId: string;
  readonly unitId: string;
  readonly firstDay: LocalDate;
  readonly leavesAt: LocalTime;
  readonly lastDay: LocalDate;
  readonly returnsAt: LocalTime;
}

/** The trip of one child. */
export interface ChildTrip extends Trip {
  readonly childId: string;
}

/** A trip as staff of the unit see it: with those of its children whom they have in their charge, and who goes along. */
export interface UnitTrip extends Trip {
  readonly childIds: readonly string[];
  readonly staffIds: readonly string[];
}

const daysMost = 14;

export type TripRefusal = { readonly kind: 'trip-times-wrong' };

/** A trip is neither over before it begins nor when it is planned, and no longer than a class trip. */
export function decideTrip<Wanted extends Trip>(wanted: Wanted, now: Date): Result<Wanted, TripRefusal> {
  const { firstDay, lastDay } = wanted;
  const isPossible =
    begins(wanted) < ends(wanted) && ends(wanted) > now && lastDay < addDays(firstDay, daysMost);
  return isPossible ? accept(wanted) : refuse({ kind: 'trip-times-wrong' });
}

const begins = ({ firstDay, leavesAt }: Trip): Date => instantOf(firstDay, leavesAt);
const ends = ({ lastDay, returnsAt }: Trip): Date => instantOf(lastDay, returnsAt);

/** A slot of a day as a trip may bear on it. */
export interface SlotOfDay {
  readonly day: LocalDate;
  /** Of a lesson; null for a day. */
  readonly lesson: Hours | null;
  /** When the mark that stands was made; null where nobody has marked. */
  readonly markedAt: Date | null;
  readonly now: Date;
  readonly today: LocalDate;
}

/**
 * Whether a trip has a child elsewhere in a slot: a lesson that begins while it is away, and a day as long as it is away; of other
 * days than today the whole of it. A mark that was made since it left is of what staff have seen, and wins (ABS-03).
 */
export function isElsewhere(trip: Trip, { day, lesson, markedAt, now, today }: SlotOfDay): boolean {
  if (!isWithin(day, trip.firstDay, addDays(trip.lastDay, 1))) return false;
  if (markedAt !== null && (lesson !== null || markedAt >= begins(trip))) return false;
  if (lesson !== null) {
    const at = instantOf(day, lesson.starts);
    return begins(trip) <= at && at < ends(trip);
  }
  if (day !== today) return markedAt === null;
  return begins(trip) <= now && now < ends(trip);
}
