import { daysAfter, weekdayOf } from '../../words/dates.ts';

/** The year in which the school year of a day begins: on the first of August. */
export const schoolYearOf = (day: string): number =>
  Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < 8 ? 1 : 0);

export interface Month {
  /** Its first day. */
  readonly first: string;
  /** Weeks from Monday; null before its first and after its last day. */
  readonly weeks: readonly (readonly (string | null)[])[];
}

const inWeek = 7;

function monthOf(first: string): Month {
  const days = Array.from({ length: 31 }, (_none, at) => daysAfter(first, at)).filter(
    (day) => day.slice(0, 7) === first.slice(0, 7),
  );
  const cells = [...Array.from({ length: weekdayOf(first) - 1 }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / inWeek) }, (_none, week) =>
    Array.from({ length: inWeek }, (_day, at) => cells[week * inWeek + at] ?? null),
  );
  return { first, weeks };
}

/** The months of a school year until the one of a day, the latest first. */
export function monthsUntil(schoolYear: number, day: string): readonly Month[] {
  const names = Array.from({ length: 12 }, (_none, at) => {
    const month = at + 8;
    const [year, number] = month > 12 ? [schoolYear + 1, month - 12] : [schoolYear, month];
    return `${year}-${String(number).padStart(2, '0')}-01`;
  });
  return names
    .filter((first) => first <= day)
    .map(monthOf)
    .toReversed();
}
