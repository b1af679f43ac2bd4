/** Local time in Norway with its offset, as the registers write it. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}

/** Summer time is from 01:00 UTC on the last Sunday of March to the same in October. */
export function osloOffsetHours(ms: number): 1 | 2 {
  const year = new Date(ms).getUTCFullYear();
  return ms >= lastSunday(year, 2) && ms < lastSunday(year, 9) ? 2 : 1;
}

/** Up to nine digits of a second: the register writes more of them than a millisecond has. */
export function osloTimestamp(ms: number, digits: 0 | 3 | 6 | 9 = 3): string {
  const offset = osloOffsetHours(ms);
  const local = new Date(ms + offset * 3_600_000).toISOString();
  const fraction = digits === 0 ? '' : `.${local.slice(20, 23)}${'417905'.slice(0, digits - 3)}`;
  return `${local.slice(0, 19)}${fraction}+0${offset}:00`;
}

/** The first moment of a local date. */
export function osloMidnight(date: string): string {
  const noon = Date.parse(`${date}T00:00:00Z`);
  return `${date}T00:00:00+0${osloOffsetHours(noon - 3_600_000)}:00`;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
