import { type LocalDate, addDays, weekdayOf } from '@ranselpost/kit/pure/dates';
import { isPublicHoliday } from '@ranselpost/kit/pure/public-holidays';

/** Why a day is a bad one to open something on: whoever would have to help or to stop it is not at work (D08). */
export type DayConcern = 'FRIDAY' | 'BEFORE_HOLIDAY' | 'HOLIDAY';

/** Nothing opens on a Friday, before a holiday or on one, unless somebody says why it has to. Null for a good day. */
export function concernAbout(day: LocalDate): DayConcern | null {
  if (weekdayOf(day) === 5) return 'FRIDAY';
  if (weekdayOf(day) === 6 || isPublicHoliday(day)) return 'HOLIDAY';
  return isPublicHoliday(addDays(day, 1)) ? 'BEFORE_HOLIDAY' : null;
}
