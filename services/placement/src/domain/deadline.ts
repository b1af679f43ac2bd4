import { type LocalDate, addDays, instantOf } from '@ranselpost/kit/pure/dates';

/** The last second of a day in Norway, the day that clocks are changed as any other (BHG-05). */
export const endOf = (day: LocalDate): Date => new Date(instantOf(addDays(day, 1), '00:00').getTime() - 1000);

const secondOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** Whatever comes in during the last second is in time: time is told to the second, as on a receipt (BHG-05, T-7). */
export const isInTime = (at: Date, deadline: Date): boolean => secondOf(at) <= secondOf(deadline);

/** As a receipt shows an instant. */
export const toTheSecond = (instant: Date): Date => new Date(secondOf(instant) * 1000);
