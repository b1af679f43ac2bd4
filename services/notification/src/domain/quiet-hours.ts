import { addDays, instantOf, localDateAt, localTimeAt } from '@ranselpost/kit/pure/dates';

/** From a time of day until another, by clocks in Norway; over midnight where the first is the later. The same twice: never. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** When the quiet that it is now ends; undefined when it is not quiet now (MSG-15). */
export function endOfQuiet({ from, to }: Hours, now: Date): Date | undefined {
  const time = localTimeAt(now);
  const isQuiet = from <= to ? from <= time && time < to : time >= from || time < to;
  return isQuiet ? nextAt(to, now) : undefined;
}

/** The next instant at which clocks show a time. */
export function nextAt(time: string, after: Date): Date {
  const today = localDateAt(after);
  const at = instantOf(today, time);
  return at > after ? at : instantOf(addDays(today, 1), time);
}
