import { type LocalDate, instantOf } from '@ranselpost/kit/pure/dates';
import type { UnitCalendar } from './calendar.ts';
import type { Said } from './day-state.ts';
import { type Lesson, lessonsOn } from './lesson.ts';

/** How it stands with telling home that a child is away and nobody has said so (ABS-12). */
export type AlertState =
  /** Not due yet. */
  | 'WAITING'
  /** It was reported, or the child came, before anybody was told. */
  | 'SETTLED'
  | 'TOLD'
  /** It was reported, or the child came, after somebody was told: what has not gone out yet does not. */
  | 'DROPPED'
  /** Nobody can be told but by a call that staff make. */
  | 'PHONE'
  | 'PHONED';

export interface Alert {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  readonly state: AlertState;
  readonly dueAt: Date;
  readonly noticeId: string;
}

/** Minutes after its group's first lesson, for a school that has said nothing. */
export const defaultAlertMinutes = 30;

const minuteMs = 60_000;

/** When home is to be told of a child who is marked absent: as long after the first lesson as the unit waits, and then at once. */
export function alertDueAt(
  { day, groupIds }: { readonly day: LocalDate; readonly groupIds: readonly string[] },
  unit: { readonly lessons: readonly Lesson[]; readonly calendar: UnitCalendar; readonly minutes: number },
  now: Date,
): Date {
  const first = lessonsOn(unit.lessons, groupIds, day)[0]?.starts ?? unit.calendar.opensAt;
  return new Date(Math.max(now.getTime(), instantOf(day, first).getTime() + unit.minutes * minuteMs));
}

/** When an alert is due after all: of a child who is said to come late, not before that, for so long it is reported. */
export const dueWith = ({ day, dueAt }: Pick<Alert, 'day' | 'dueAt'>, said: readonly Said[]): Date =>
  said
    .filter(({ kind, at }) => kind === 'LATE' && at !== null)
    .map(({ at }) => instantOf(day, at!))
    .reduce((latest, at) => (at > latest ? at : latest), dueAt);

/**
 * What becomes of an alert that is looked at. Of a protected child nothing leaves by itself, of one whose guardians cannot be told
 * nothing can, and of a day that is over nobody is told the same day any more: a person calls (S-08, ABS-12).
 */
export function nextOfAlert(
  { state, day, dueAt }: Pick<Alert, 'state' | 'day' | 'dueAt'>,
  known: { readonly isUnreported: boolean; readonly canBeTold: boolean },
  { now, today }: { readonly now: Date; readonly today: LocalDate },
): AlertState {
  switch (state) {
    case 'WAITING':
    case 'SETTLED':
      if (!known.isUnreported) return 'SETTLED';
      if (dueAt > now) return 'WAITING';
      return known.canBeTold && day === today ? 'TOLD' : 'PHONE';
    case 'TOLD':
      return known.isUnreported && dueAt <= now ? 'TOLD' : 'DROPPED';
    case 'PHONE':
      if (!known.isUnreported) return 'SETTLED';
      return dueAt > now ? 'WAITING' : 'PHONE';
    default:
      return state;
  }
}
