import { type LocalDate, addDays, weekdayOf } from './dates.ts';
import { isPublicHoliday } from './public-holidays.ts';

/** A deadline that ends on a Saturday or a public holiday goes on to the next working day (ADM-03). */
export const onWorkingDay = (day: LocalDate): LocalDate =>
  weekdayOf(day) === 6 || isPublicHoliday(day) ? onWorkingDay(addDays(day, 1)) : day;
