import { Temporal } from 'temporal-polyfill';

/** A day in Norway as `YYYY-MM-DD`. Days are compared as text; no instant is involved. */
export type LocalDate = string;

const zone = 'Europe/Oslo';

/** The day it is in Norway at an instant. */
export const localDateAt = (instant: Date): LocalDate =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The time that clocks in Norway show at an instant, as `HH:MM`. Times are compared as text. */
export const localTimeAt = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });

/** The instant at which clocks in Norway show a time on a day; the later side of an hour that they leave out. */
export const instantOf = (day: LocalDate, time: string): Date =>
  new Date(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
  );

/** The day a number of days later, or earlier where `days` is negative. */
export const addDays = (day: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The day of the week, from 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: LocalDate): number => Temporal.PlainDate.from(day).dayOfWeek;

/** The same day a number of months later, or earlier; the last of the month where it has no such day. */
export const addMonths = (day: LocalDate, months: number): LocalDate =>
  Temporal.PlainDate.from(day).add({ months }).toString();

/**
 * The day a person reaches an age. Somebody born on 29 February reaches it on 1 March in common years (AGE-01).
 */
export const birthdayAt = (born: LocalDate, age: number): LocalDate => {
  const birth = Temporal.PlainDate.from(born);
  const year = birth.year + age;
  return birth.month === 2 &&
    birth.day === 29 &&
    !Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear
    ? `${year}-03-01`
    : birth.with({ year }).toString();
};

/** True when `age` is reached on or before `day` (AGE-01). */
export const hasReached = (born: LocalDate, age: number, day: LocalDate): boolean =>
  birthdayAt(born, age) <= day;

/** True when `day` lies in `[from, to)`; an open end has no `to`. */
export const isWithin = (day: LocalDate, from: LocalDate, to: LocalDate | null): boolean =>
  from <= day && (to === null || day < to);
