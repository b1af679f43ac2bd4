import { type LocalDate, addDays, weekdayOf } from './dates.ts';

const fixed = new Set(['01-01', '05-01', '05-17', '12-25', '12-26']);
/** Days after Easter Sunday: from Maundy Thursday to Whit Monday. */
const byEaster = [-3, -2, 0, 1, 39, 49, 50];

/** Public holidays in Norway (lov om helligdager § 2, lov om 1. og 17. mai), Sundays among them. */
export function isPublicHoliday(day: LocalDate): boolean {
  return fixed.has(day.slice(5)) || movingIn(day.slice(0, 4)).has(day) || weekdayOf(day) === 7;
}

const moving = new Map<string, ReadonlySet<LocalDate>>();

function movingIn(year: string): ReadonlySet<LocalDate> {
  const known = moving.get(year);
  if (known !== undefined) return known;
  const easter = easterSunday(Number(year));
  const days = new Set(byEaster.map((later) => addDays(easter, later)));
  moving.set(year, days);
  return days;
}

/** Gauss's rule in Butcher's form, for the Gregorian calendar. */
function easterSunday(year: number): LocalDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const [month, dayOfMonth] = [Math.floor(f / 31), (f % 31) + 1];
  return `${year}-0${month}-${String(dayOfMonth).padStart(2, '0')}`;
}
