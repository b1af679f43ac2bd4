import { type LocalDate, addDays, instantOf, weekdayOf } from '@ranselpost/kit/pure/dates';
import { isPublicHoliday } from '@ranselpost/kit/pure/public-holidays';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

export type UnitKind = 'SCHOOL' | 'KINDERGARTEN' | 'AFTER_SCHOOL';

/** Days on which a unit that is otherwise open is not: both ends included. */
export interface ClosedDays {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  /** On planning days the staff are there, and no children. */
  readonly kind: 'HOLIDAY' | 'PLANNING';
}

/** The first and the last day for children in a school year, 1 August to 31 July. */
export interface SchoolYear {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/** What a unit says of its days. Times are what clocks in Norway show, `HH:MM`. */
export interface CalendarTerms {
  /** A school's first lesson begins. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** When the day is planned: who has not said by then that a child stays away says it late (ABS-13). */
  readonly planningAt: string;
  /** How many days ahead an absence can be reported (T08). */
  readonly daysAhead: number;
  /** How long before `planningAt` guardians are asked whether a child is still ill (T09). Null: they are not asked. */
  readonly askMinutesBefore: number | null;
  /** On weekends and public holidays too, as a few kindergartens are. */
  readonly isOpenEveryDay: boolean;
  readonly schoolYears: readonly SchoolYear[];
  readonly closed: readonly ClosedDays[];
}

export interface UnitCalendar extends CalendarTerms {
  readonly unitId: string;
  readonly kind: UnitKind;
}

const hours: Readonly<Record<UnitKind, Pick<CalendarTerms, 'opensAt' | 'closesAt' | 'planningAt'>>> = {
  SCHOOL: { opensAt: '08:15', closesAt: '14:00', planningAt: '08:15' },
  KINDERGARTEN: { opensAt: '07:00', closesAt: '17:00', planningAt: '07:30' },
  AFTER_SCHOOL: { opensAt: '07:30', closesAt: '16:30', planningAt: '12:00' },
};

/** The calendar of a unit that has said nothing: open on every weekday that is no public holiday. */
export const defaultCalendar = (unitId: string, kind: UnitKind): UnitCalendar => ({
  ...{ unitId, kind, ...hours[kind] },
  ...{ daysAhead: 366, askMinutesBefore: 30, isOpenEveryDay: false, schoolYears: [], closed: [] },
});

/** The year in which the school year of a day begins: 1 August to 31 July (rules § 0). */
export const schoolYearOf = (day: LocalDate): number =>
  Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0);

/** From which day on marks and reports are kept: of this school year, and of so many before it; null where all are. */
export const registerKeptFrom = (today: LocalDate, years: number | null): LocalDate | null =>
  years === null ? null : `${schoolYearOf(today) - years}-08-01`;

/** True for a day of which marks and reports are kept still. */
export function isRegisterKept(day: LocalDate, today: LocalDate, years: number | null): boolean {
  const from = registerKeptFrom(today, years);
  return from === null || from <= day;
}

/** Why children are not at a unit on a day; null where it is open. */
export type ClosedReason = 'WEEKEND' | 'PUBLIC_HOLIDAY' | 'HOLIDAY' | 'PLANNING';

export function closedReason(calendar: UnitCalendar, day: LocalDate): ClosedReason | null {
  if (!calendar.isOpenEveryDay && weekdayOf(day) >= 6) return 'WEEKEND';
  if (!calendar.isOpenEveryDay && isPublicHoliday(day)) return 'PUBLIC_HOLIDAY';
  const year = calendar.schoolYears.find(({ firstDay }) => schoolYearOf(firstDay) === schoolYearOf(day));
  if (year !== undefined && (day < year.firstDay || year.lastDay < day)) return 'HOLIDAY';
  return calendar.closed.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)?.kind ?? null;
}

/** True on a day on which children are expected at the unit. */
export const isOpen = (calendar: UnitCalendar, day: LocalDate): boolean =>
  closedReason(calendar, day) === null;

/** The days of a period, both ends included. */
export function daysFrom(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The days of a period, both ends included, on which children are expected at the unit. */
export const schoolDays = (calendar: UnitCalendar, from: LocalDate, to: LocalDate): readonly LocalDate[] =>
  daysFrom(from, to).filter((day) => isOpen(calendar, day));

/** The next day after one on which the unit is open; null where there is none within a year. */
export function nextOpenDay(calendar: UnitCalendar, after: LocalDate): LocalDate | null {
  const last = addDays(after, 366);
  for (let day = addDays(after, 1); day <= last; day = addDays(day, 1)) if (isOpen(calendar, day)) return day;
  return null;
}

/** The instant of a day by which a unit plans it. */
export const planningInstant = (calendar: UnitCalendar, day: LocalDate): Date =>
  instantOf(day, calendar.planningAt);

/**
 * Until when guardians say, correct or withdraw that a child is away, without it being late (ABS-13): at school until what they are
 * away from begins, elsewhere until the unit plans its day.
 */
export const cutOff = (
  calendar: UnitCalendar,
  day: LocalDate,
  { arrivesAt, leavesAt }: PartOfDay = wholeDay,
): Date =>
  calendar.kind === 'SCHOOL'
    ? instantOf(day, (arrivesAt === null ? leavesAt : null) ?? calendar.opensAt)
    : planningInstant(calendar, day);

/**
 * Whether staff are told at once of what home says of a day (T29): while it goes on, and only once the school has opened or the unit has planned
 * it. What is said before is on the board that they begin the day with.
 */
export const isNewsToStaff = (calendar: UnitCalendar, day: LocalDate, saidAt: Date): boolean =>
  cutOff(calendar, day) <= saidAt && saidAt < instantOf(day, calendar.closesAt);

/** Neutral times within a day that a child is there for a part of; both null for the whole day (T13). */
export interface PartOfDay {
  /** The child comes later: `HH:MM`. */
  readonly arrivesAt: string | null;
  /** The child goes earlier: `HH:MM`. */
  readonly leavesAt: string | null;
}

export const wholeDay: PartOfDay = { arrivesAt: null, leavesAt: null };

/** When guardians are asked whether a child who was ill is still ill on a day (T09); null where the unit does not ask. */
export const askInstant = (calendar: UnitCalendar, day: LocalDate): Date | null =>
  calendar.askMinutesBefore === null
    ? null
    : new Date(planningInstant(calendar, day).getTime() - calendar.askMinutesBefore * 60_000);

export type CalendarRefusal =
  | { readonly kind: 'calendar-days-wrong' }
  | { readonly kind: 'calendar-times-wrong' }
  | { readonly kind: 'calendar-too-long' };

const closedMax = 100;
const schoolYearsMax = 5;

/** What a leader says of a unit's days, or why it is not kept. */
export function decideCalendar(terms: CalendarTerms): Result<CalendarTerms, CalendarRefusal> {
  const { opensAt, closesAt, planningAt, schoolYears, closed } = terms;
  if (closed.length > closedMax || schoolYears.length > schoolYearsMax)
    return refuse({ kind: 'calendar-too-long' });
  if (opensAt >= closesAt || planningAt > closesAt) return refuse({ kind: 'calendar-times-wrong' });
  const areInOrder = [...schoolYears, ...closed].every(({ firstDay, lastDay }) => firstDay <= lastDay);
  const years = schoolYears.map(({ firstDay }) => schoolYearOf(firstDay));
  const areYears =
    new Set(years).size === years.length &&
    schoolYears.every(({ firstDay, lastDay }) => schoolYearOf(firstDay) === schoolYearOf(lastDay));
  return areInOrder && areYears ? accept(terms) : refuse({ kind: 'calendar-days-wrong' });
}
