import { isObject, numberOf } from './parse.ts';

export interface ContactChanges {
  /** Whose contact data has changed, since before the number that was asked for. */
  readonly numbers: readonly string[];
  /** The number to go on from. */
  readonly next: number;
  readonly isEnd: boolean;
}

/**
 * Reads a page of changes of the contact register by the last number heard of. Whether the register counts that one in is
 * not documented: it is asked for again, and a page that says no more than that has nothing in it. Null when it is no page.
 */
export function readContactChanges(body: unknown, from: number): ContactChanges | null {
  if (!isObject(body) || !Array.isArray(body['list'])) return null;
  const { tilEndringsId: to, sisteEndringsId: last } = body;
  if (!isCount(to) || !isCount(last)) return null;
  const numbers = (body['list'] as readonly unknown[]).flatMap(
    (person) => (isObject(person) ? numberOf(person['personidentifikator']) : null) ?? [],
  );
  const isEnd = to >= last;
  if (to > from) return { numbers: [...new Set(numbers)], next: to, isEnd };
  // A page that does not move on, before the end, would be asked for for ever.
  return { numbers: [], next: isEnd ? from : from + 1, isEnd };
}

/** The number of the newest change of all, by any page. */
export function newestChange(body: unknown): number | null {
  const last = isObject(body) ? body['sisteEndringsId'] : undefined;
  return isCount(last) ? last : null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
