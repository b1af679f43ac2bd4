import { isObject, numberOf } from './parse.ts';

/** One event, as far as we use it: which person to read again. What it says happened is never patched in (FREG-04). */
export interface FeedEvent {
  readonly sequence: number;
  readonly number: string;
  readonly type: string;
  /** Where the register tells what happened; null when it does not. */
  readonly documentId: string | null;
}

export interface FeedPage {
  /** What is new, in the order of the register. */
  readonly events: readonly FeedEvent[];
  /** Where following goes on from; as before when the page held nothing new. */
  readonly pointer: number;
  /** Numbers that were jumped over. The register does not promise that there are none (FREG-02). */
  readonly gaps: number;
  /** Events that had been seen before. */
  readonly repeated: number;
  /** New events that cannot be read: they have a place in the order, and nothing says whom they are about. */
  readonly unreadable: readonly number[];
}

/**
 * Reads a page of the feed by what we have had before. Null when it is not a page at all, or when an event has no place in
 * the order: going on could then lose one without anybody knowing.
 */
export function readFeedPage(body: unknown, pointer: number): FeedPage | null {
  if (!Array.isArray(body)) return null;
  const bySequence = new Map<number, FeedEvent | null>();
  let repeated = 0;
  for (const item of body as readonly unknown[]) {
    const sequence = isObject(item) ? item['sekvensnummer'] : undefined;
    if (!Number.isSafeInteger(sequence) || (sequence as number) < 0) return null;
    const place = sequence as number;
    const event = toEvent(place, (item as { hendelse?: unknown }).hendelse);
    if (place <= pointer || bySequence.has(place)) repeated += 1;
    // Of two under one number the one that can be read counts.
    if (place > pointer && (!bySequence.has(place) || event !== null)) bySequence.set(place, event);
  }
  const places = [...bySequence.keys()].toSorted((one, other) => one - other);
  const last = places.at(-1) ?? pointer;
  return {
    events: places
      .map((place) => bySequence.get(place))
      .filter((event) => event !== null && event !== undefined),
    pointer: last,
    gaps: last - pointer - places.length,
    repeated,
    unreadable: places.filter((place) => bySequence.get(place) === null),
  };
}

function toEvent(sequence: number, event: unknown): FeedEvent | null {
  if (!isObject(event)) return null;
  const number = numberOf(event['folkeregisteridentifikator']);
  if (number === null) return null;
  // The feed's own spelling first, then the one that the event documents have.
  const type = event['hendelsetype'] ?? event['hendelsestype'];
  return {
    sequence,
    number,
    type: wordOf(type) ?? 'unknown',
    documentId: wordOf(event['hendelsesdokument']),
  };
}

const wordOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w-]{1,100}$/.test(value) ? value : null;
