import { createHash } from 'node:crypto';
import { osloTimestamp } from '../population/oslo.ts';
import { withCheckDigits } from '../population/numbers.ts';

export interface EntityChange {
  readonly entitet: string;
  readonly entitetsendring: 'registrereNy' | 'korrigere' | 'annullere';
  readonly body?: unknown;
}

export interface RegisterEvent {
  readonly sequence: number;
  readonly number: string;
  readonly type: string;
  readonly at: number;
  readonly changes: readonly EntityChange[];
}

/** A run of events about people who live elsewhere: the feed covers the whole country. Kept as a rule, not as a list. */
export interface Flood {
  readonly first: number;
  readonly count: number;
  readonly type: string;
  readonly at: number;
}

type Segment = Flood | RegisterEvent;
const lastOf = (segment: Segment): number =>
  'count' in segment ? segment.first + segment.count - 1 : segment.sequence;

export const pageSize = 1000;

/** The events in the order of their numbers. Numbers rise; they need not follow each other without gaps. */
export class Feed {
  readonly #segments: Segment[] = [];
  #next = 1;
  /** The oldest number that is still kept: older ones are answered with 406. */
  oldest = 1;

  get last(): number {
    return this.#next - 1;
  }

  takeNumber(): number {
    return this.#next++;
  }

  skip(count: number): void {
    this.#next += count;
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
    this.#next = Math.max(this.#next, lastOf(segment) + 1);
  }

  /** Up to a page of events from this number on, itself included. */
  from(sequence: number, limit = pageSize): RegisterEvent[] {
    const page: RegisterEvent[] = [];
    for (let i = this.#segmentAt(sequence); i < this.#segments.length && page.length < limit; i += 1) {
      const segment = this.#segments[i] as Segment;
      if (!('count' in segment)) {
        page.push(segment);
        continue;
      }
      for (let n = Math.max(sequence, segment.first); n <= lastOf(segment) && page.length < limit; n += 1)
        page.push(floodEvent(segment, n));
    }
    return page;
  }

  at(sequence: number): RegisterEvent | undefined {
    const event = this.from(sequence, 1)[0];
    return event?.sequence === sequence ? event : undefined;
  }

  /** The first segment that ends at this number or later. */
  #segmentAt(sequence: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lastOf(this.#segments[middle] as Segment) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function floodEvent({ type, at }: Flood, sequence: number): RegisterEvent {
  return { sequence, number: numberElsewhere(sequence), type, at, changes: [] };
}

/** A synthetic number that nobody in the municipality has: it was given out before any of them was born. */
export function numberElsewhere(n: number): string {
  const day = 1 + (n % 28);
  const month = 81 + (Math.floor(n / 28) % 12);
  const year = 20 + (Math.floor(n / 336) % 30);
  for (let individual = Math.floor(n / 10_080) % 500; ; individual = (individual + 1) % 500) {
    const number = withCheckDigits(
      `${String(day).padStart(2, '0')}${month}${year}${String(individual).padStart(3, '0')}`,
    );
    if (number !== null) return number;
  }
}

/** Document ids look like chance and still lead back to their event, so that none needs to be kept. */
export function documentId(kind: 'hendelse' | 'person', sequence: number): string {
  const mixed = createHash('sha256').update(`${kind} ${sequence}`).digest('hex');
  return `${mixed.slice(0, 20)}${sequence.toString(16).padStart(12, '0')}`;
}

export function sequenceOf(kind: 'hendelse' | 'person', id: string): number | undefined {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const sequence = Number.parseInt(id.slice(20), 16);
  return documentId(kind, sequence) === id ? sequence : undefined;
}

/** The feed's own form. The key is `hendelsetype` here and `hendelsestype` in the event document. */
export function toFeedItem(event: RegisterEvent): unknown {
  return {
    sekvensnummer: event.sequence,
    hendelse: {
      ...(event.number === '' ? {} : { folkeregisteridentifikator: event.number }),
      hendelsetype: event.type,
      hendelsesdokument: documentId('hendelse', event.sequence),
      // A duplicate that has ended has no person document.
      ...(event.type === 'personErOpphoertSomDublett'
        ? {}
        : { persondokument: documentId('person', event.sequence) }),
      ajourholdstidspunkt: osloTimestamp(event.at),
    },
  };
}

export function toEventDocument(event: RegisterEvent): unknown {
  return {
    dokumentidentifikator: documentId('hendelse', event.sequence),
    skjemaversjon: '1.0',
    hendelse: {
      folkeregisteridentifikator: event.number,
      hendelsestype: event.type,
      ajourholdstidspunkt: osloTimestamp(event.at),
      egenskapshendelse: event.changes.map(({ entitet, entitetsendring, body }) => ({
        ...(entitetsendring === 'annullere' || body === undefined ? {} : { [entitet]: body }),
        entitet,
        entitetsendring,
      })),
    },
  };
}
