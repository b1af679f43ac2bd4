import { weekdayOf } from '@ranselpost/kit/pure/dates';
import type { CountedDay } from './school-day.ts';

/** Fewer children than this are persons (T30). */
const smallest = 5;

/** A number of a breakdown, and the children whom it comes from. */
export interface Cell {
  readonly amount: number;
  readonly childIds: ReadonlySet<string>;
}

/** The numbers of a breakdown in their order; null where one is not shown. */
export interface Masked {
  readonly total: number | null;
  readonly shown: readonly (number | null)[];
}

/**
 * A breakdown of a total without the numbers that come from a few children, nor any by which they could be worked out from the total:
 * beside them the next larger are left out, until at least two are, and they come from as many children as may be told of together.
 * Where there are not as many at all, the total is left out as well.
 */
export function maskSmallNumbers(cells: readonly Cell[]): Masked {
  const hidden = new Set(cells.filter(({ childIds }) => childIds.size > 0 && childIds.size < smallest));
  const inOrder = cells
    .filter(({ childIds }) => childIds.size >= smallest)
    .toSorted((one, other) => one.childIds.size - other.childIds.size);
  const isEnough = (): boolean =>
    hidden.size >= 2 && new Set([...hidden].flatMap(({ childIds }) => [...childIds])).size >= smallest;
  if (hidden.size > 0)
    for (const next of inOrder) {
      if (isEnough()) break;
      hidden.add(next);
    }
  if (hidden.size > 0 && !isEnough()) return { total: null, shown: cells.map(() => null) };
  return {
    total: cells.reduce((sum, { amount }) => sum + amount, 0),
    shown: cells.map((cell) => (hidden.has(cell) ? null : cell.amount)),
  };
}

/** A pupil of a school in a month. */
export interface CountedPupil {
  readonly childId: string;
  /** Null where it is in no class, or in more than one. */
  readonly classId: string | null;
  readonly days: readonly CountedDay[];
}

/** The absence of a school in a month, in whole days; of no person. */
export interface AbsenceStatistics {
  readonly days: number | null;
  readonly unreportedDays: number | null;
  readonly byClass: readonly {
    readonly classId: string | null;
    readonly days: number | null;
    readonly unreportedDays: number | null;
  }[];
  /** From 1 for Monday. */
  readonly byWeekday: readonly { readonly weekday: number; readonly days: number | null }[];
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** How much pupils were away by class and by weekday, and how much of it nobody had reported. Each pupil is in one class of it. */
export function statisticsOf(pupils: readonly CountedPupil[]): AbsenceStatistics {
  const whole = pupils.flatMap(({ childId, classId, days }) =>
    days.filter(({ hours }) => hours === null).map((day) => ({ ...day, childId, classId })),
  );
  const cellOf = (some: typeof whole): Cell => ({
    amount: some.length,
    childIds: new Set(some.map(({ childId }) => childId)),
  });
  const classIds = [...new Set(pupils.map(({ classId }) => classId))].toSorted((one, other) =>
    (one ?? '~') < (other ?? '~') ? -1 : 1,
  );
  const ofClass = (some: typeof whole): Masked =>
    maskSmallNumbers(classIds.map((id) => cellOf(some.filter(({ classId }) => classId === id))));
  const [days, unreported] = [ofClass(whole), ofClass(whole.filter(({ isUnreported }) => isUnreported))];
  const byWeekday = maskSmallNumbers(
    weekdays.map((weekday) => cellOf(whole.filter(({ day }) => weekdayOf(day) === weekday))),
  );
  return {
    ...{ days: days.total, unreportedDays: unreported.total },
    byClass: classIds.map((classId, at) => ({
      ...{ classId, days: days.shown[at]!, unreportedDays: unreported.shown[at]! },
    })),
    byWeekday: weekdays.map((weekday, at) => ({ weekday, days: byWeekday.shown[at]! })),
  };
}
