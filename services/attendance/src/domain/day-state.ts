import type { UnitKind } from './calendar.ts';

/** How a child stands at a unit in a slot: one lesson, or the whole day (ABS-01). Worked out whenever it is asked, and kept nowhere. */
export const dayStates = [
  'EXPECTED',
  'PRESENT',
  'LATE',
  'LEFT_EARLY',
  'ABSENT_REPORTED',
  'ABSENT_UNREPORTED',
  'LEAVE',
  'ELSEWHERE',
  'CLOSED',
] as const;
export type DayState = (typeof dayStates)[number];

/** A time that clocks in Norway show, `HH:MM`. Times are compared as text. */
export type LocalTime = string;

/** From when to when; null where the slot is as long as the day. */
export interface Hours {
  readonly starts: LocalTime;
  readonly ends: LocalTime;
}

/** What home or staff have said beforehand. */
export interface Said {
  readonly kind: 'AWAY' | 'LATE' | 'LEFT_EARLY';
  /** When a late child comes, or an early one leaves; null for a whole day. */
  readonly at: LocalTime | null;
  /** Granted, as leave or as a holy day of another faith community (ABS-20). */
  readonly isLeave: boolean;
}

/** What staff have seen. It says the whole of a slot: the last one made counts, and those before it are its history. */
export interface Seen {
  readonly standing: 'PRESENT' | 'ABSENT' | 'ELSEWHERE';
  readonly came: LocalTime | null;
  readonly went: LocalTime | null;
}

export interface Slot {
  readonly unitKind: UnitKind;
  /** Whether the unit has a day at all, and the child a place on it: by the calendar and by the plan. */
  readonly isOpen: boolean;
  readonly hours: Hours | null;
  readonly said: readonly Said[];
  readonly seen: Seen | null;
  /** A trip has the child elsewhere in it, and staff have seen nothing else since it left (T27). Left out: none has. */
  readonly isOnTrip?: boolean;
}

/**
 * Staff's mark wins over whatever was reported (ABS-03). To be elsewhere on duty is no absence. Attendance in kindergarten and
 * after-school care is not compulsory: there, nobody is away without having said so (ABS-16, ABS-17).
 */
export function dayStateOf({ unitKind, isOpen, hours, said, seen, isOnTrip = false }: Slot): DayState {
  if (!isOpen) return 'CLOSED';
  if (seen?.standing === 'ELSEWHERE') return 'ELSEWHERE';
  const isLeave = said.some((one) => one.isLeave && isAwayFor(one, hours));
  const isReported = said.some((one) => isAwayFor(one, hours));
  if (seen?.standing === 'PRESENT' && isOnTrip) return 'ELSEWHERE';
  if (seen?.standing === 'PRESENT') return unitKind === 'SCHOOL' ? presenceIn(seen, hours) : 'PRESENT';
  if (isLeave) return 'LEAVE';
  if (isReported) return 'ABSENT_REPORTED';
  if (seen?.standing === 'ABSENT') return unitKind === 'SCHOOL' ? 'ABSENT_UNREPORTED' : 'ABSENT_REPORTED';
  // Whoever is reported away does not come along; everybody else who was to is on the trip.
  if (isOnTrip) return 'ELSEWHERE';
  if (said.some(({ kind, at }) => kind === 'LATE' && isInside(at, hours))) return 'LATE';
  return said.some(({ kind, at }) => kind === 'LEFT_EARLY' && isInside(at, hours))
    ? 'LEFT_EARLY'
    : 'EXPECTED';
}

/** Whoever comes late and leaves early is late: it is the first that is asked about. */
function presenceIn({ came, went }: Seen, hours: Hours | null): DayState {
  if (hours === null) return 'PRESENT';
  if (came !== null && came > hours.starts) return 'LATE';
  return went !== null && went < hours.ends ? 'LEFT_EARLY' : 'PRESENT';
}

/** True when what was said means that the child is away for the whole of a slot: also a lesson before it comes or after it leaves. */
function isAwayFor({ kind, at }: Said, hours: Hours | null): boolean {
  if (kind === 'AWAY') return true;
  if (hours === null || at === null) return false;
  return kind === 'LATE' ? at >= hours.ends : at <= hours.starts;
}

const isInside = (at: LocalTime | null, hours: Hours | null): boolean =>
  at !== null && (hours === null || (hours.starts < at && at < hours.ends));

/** How a whole day stands on a board. */
export type BoardState = 'PRESENT' | 'ELSEWHERE' | 'ABSENT_REPORTED' | 'ABSENT_UNREPORTED' | 'NOT_YET_KNOWN';

const boardStates: Readonly<Record<Exclude<DayState, 'CLOSED'>, BoardState>> = {
  EXPECTED: 'NOT_YET_KNOWN',
  PRESENT: 'PRESENT',
  LATE: 'PRESENT',
  LEFT_EARLY: 'PRESENT',
  ABSENT_REPORTED: 'ABSENT_REPORTED',
  ABSENT_UNREPORTED: 'ABSENT_UNREPORTED',
  LEAVE: 'ABSENT_REPORTED',
  ELSEWHERE: 'ELSEWHERE',
};

/**
 * How the day of a child stands, of its slots in the order of the day: by the last that staff have marked, or else as was said
 * of the first; and elsewhere while a trip has it there, whatever lessons it is away from before or after. Null where every slot is
 * closed. A child who is only said to come late or to leave early has not been seen yet.
 */
export function boardStateOf(slots: readonly Slot[], isOnTrip = false): BoardState | null {
  const open = slots.filter(({ isOpen }) => isOpen);
  const slot = open.findLast(({ seen }) => seen !== null) ?? open[0];
  if (slot === undefined) return null;
  const state = dayStateOf({ ...slot, isOnTrip });
  if (state === 'CLOSED') return null;
  const isForeseen = slot.seen === null && (state === 'LATE' || state === 'LEFT_EARLY');
  return isForeseen ? 'NOT_YET_KNOWN' : boardStates[state];
}
