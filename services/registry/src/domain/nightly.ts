import { localDateAt } from '@ranselpost/kit/pure/dates';

const threeHoursMs = 3 * 3_600_000;

/** The night an instant belongs to, by the day it begins on: from three o'clock in Norway to three o'clock. */
const nightOf = (instant: Date): string => localDateAt(new Date(instant.getTime() - threeHoursMs));

/** Whether what is done once each night has not been done in this one. */
export const isNewNight = (last: Date, now: Date): boolean => nightOf(last) < nightOf(now);
