import type { LocalDate } from './dates.ts';

/**
 * What law or a municipality may change, from its first day (rules § 1). Null: adopted, and the day that it comes into force is
 * not known.
 */
export interface Dated<Value> {
  readonly from: LocalDate | null;
  readonly value: Value;
}

/**
 * What holds on a day: asked for by the day of what it is about, the last day at a unit say, and not by today. Throws for a day
 * before there was any: that is for people to find out.
 */
export function asOf<Value>(table: readonly Dated<Value>[], day: LocalDate): Value {
  const begun = table.flatMap(({ from, value }) => (from !== null && from <= day ? [{ from, value }] : []));
  const [newest] = begun.toSorted((one, other) => (one.from < other.from ? 1 : -1));
  if (newest === undefined) throw new Error(`nothing is in force on ${day}`);
  return newest.value;
}
