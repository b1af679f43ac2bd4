import { join } from 'node:path';
import { Journal } from '../common/journal.ts';
import type { Person, Population } from '../population/index.ts';
import { baseDocument, listOf, type PersonDocument } from './documents.ts';
import { Feed, type EntityChange, type Flood, type RegisterEvent } from './feed.ts';

/** What one change leaves behind. The results are kept, not the wish: a replay can never decide otherwise. */
interface Change {
  readonly events?: readonly RegisterEvent[];
  readonly documents?: readonly { readonly key: string; readonly document: PersonDocument }[];
  readonly flood?: Flood;
  readonly skipped?: number;
  readonly oldest?: number;
}

/** Events from before the municipality was made up, so that numbers start where a real feed would. */
const historyLength = 40_240;

export interface Found {
  readonly key: string;
  /** Null as long as nothing has happened to the person: then the document is made when it is asked for. */
  readonly document: PersonDocument | null;
  readonly person: Person | null;
}

/** Everybody in the register as they are now and were after each event, and the feed of events. */
export class Register {
  readonly population: Population;
  readonly feed = new Feed();
  readonly #journal: Journal<Change>;
  readonly #changed = new Map<string, PersonDocument>();
  readonly #keyByNumber = new Map<string, string>();
  readonly #people = new Map<string, Person>();
  /** The person document after each event; null where it was still as the municipality was made up. */
  readonly #archive = new Map<number, PersonDocument | null>();

  constructor(population: Population, stateDir: string | null) {
    this.population = population;
    this.feed.add({ first: 1, count: historyLength, type: 'personErOppdatert', at: Date.UTC(2026, 7, 1, 8) });
    this.#journal = new Journal(stateDir === null ? null : join(stateDir, 'freg.jsonl'));
    for (const change of this.#journal.replay()) this.#apply(change);
  }

  find(number: string): Found | undefined {
    const key = this.#keyByNumber.get(number);
    if (key !== undefined)
      return { key, document: this.#changed.get(key) ?? null, person: this.#people.get(key) ?? null };
    const person = this.population.byNumber(number);
    if (person === undefined) return undefined;
    return { key: person.sourceId, document: this.#changed.get(person.sourceId) ?? null, person };
  }

  documentOf(number: string, wanted?: ReadonlySet<string>): PersonDocument | undefined {
    const found = this.find(number);
    if (found === undefined) return undefined;
    return found.document ?? (found.person === null ? undefined : baseDocument(found.person, wanted));
  }

  /** Whether the number itself is still in use. A look-up by an ended one finds whoever has it behind them. */
  isEnded(number: string): boolean {
    const identifiers = this.documentOf(number, new Set(['identifikasjonsnummer']));
    const entry =
      identifiers &&
      listOf(identifiers, 'identifikasjonsnummer').find((one) => one['foedselsEllerDNummer'] === number);
    return entry?.['status'] === 'opphoert';
  }

  archived(sequence: number): PersonDocument | undefined {
    const kept = this.#archive.get(sequence);
    if (kept !== null && kept !== undefined) return kept;
    const event = this.feed.at(sequence);
    const person = event && this.population.byNumber(event.number);
    return person && baseDocument(person);
  }

  /** The number in use of everybody, also of those born since. */
  *numbers(): Generator<string> {
    for (const person of this.population.people) {
      const changed = this.#changed.get(person.sourceId);
      yield changed === undefined ? person.number : currentNumber(changed);
    }
    for (const [key, document] of this.#changed) if (key.startsWith('n-')) yield currentNumber(document);
  }

  begin(at: number): Edit {
    return new Edit(this, at);
  }

  /** Writes it down, then makes it visible. */
  commit(change: Change): void {
    this.#journal.append(change);
    this.#apply(change);
  }

  flood(count: number, type: string, at: number): Flood {
    const flood = { first: this.feed.last + 1, count, type, at };
    this.commit({ flood });
    return flood;
  }

  close(): void {
    this.#journal.close();
  }

  #apply({ events = [], documents = [], flood, skipped, oldest }: Change): void {
    for (const { key, document } of documents) {
      const before = this.#changed.get(key);
      this.#changed.set(key, document);
      for (const { foedselsEllerDNummer } of listOf(document, 'identifikasjonsnummer')) {
        const number = String(foedselsEllerDNummer);
        const person = this.population.byNumber(number);
        if (before === undefined && person?.sourceId === key) this.#people.set(key, person);
        this.#keyByNumber.set(number, key);
      }
    }
    for (const event of events) {
      this.feed.add(event);
      const key = this.#keyByNumber.get(event.number);
      this.#archive.set(event.sequence, (key === undefined ? undefined : this.#changed.get(key)) ?? null);
    }
    if (flood !== undefined) this.feed.add(flood);
    if (skipped !== undefined) this.feed.skip(skipped);
    if (oldest !== undefined) this.feed.oldest = oldest;
  }
}

/** A change being made: copies of documents to write on, and the events that tell of it. */
export class Edit {
  readonly at: number;
  readonly register: Register;
  readonly #documents = new Map<string, PersonDocument>();
  readonly #created = new Map<string, string>();
  readonly #events: { number: string; type: string; changes: readonly EntityChange[] }[] = [];

  constructor(register: Register, at: number) {
    this.register = register;
    this.at = at;
  }

  has(number: string): boolean {
    return this.#created.has(number) || this.register.find(number) !== undefined;
  }

  /** A copy to write on; the same copy for each of the person's numbers. */
  document(number: string): PersonDocument {
    const created = this.#created.get(number);
    const found = created === undefined ? this.register.find(number) : { key: created };
    if (found === undefined) throw new BadWish(`nobody has the number ${number}`);
    const known = this.#documents.get(found.key);
    if (known !== undefined) return known;
    const copy = structuredClone(this.register.documentOf(number) as PersonDocument);
    this.#documents.set(found.key, copy);
    return copy;
  }

  /** Somebody who was born, or who is a person of their own again. */
  create(key: string, number: string, document: PersonDocument): void {
    this.#documents.set(key, document);
    this.#created.set(number, key);
  }

  storeLast(number: string): void {
    const document = this.document(number);
    const key = [...this.#documents].find(([, one]) => one === document)?.[0] ?? '';
    this.#documents.delete(key);
    this.#documents.set(key, document);
  }

  /** One event concerns exactly one person. */
  event(number: string, type: string, changes: readonly EntityChange[] = []): void {
    this.#events.push({ number, type, changes });
  }

  commit({ isSilent = false } = {}): RegisterEvent[] {
    let sequence = this.register.feed.last;
    const events = (isSilent ? [] : this.#events).map((event) => ({
      sequence: (sequence += 1),
      at: this.at,
      ...event,
    }));
    const documents = [...this.#documents].map(([key, document]) => ({ key, document }));
    this.register.commit({ events, documents });
    return events;
  }
}

function currentNumber(document: PersonDocument): string {
  const identifiers = listOf(document, 'identifikasjonsnummer');
  return String((identifiers.find((entry) => entry.erGjeldende) ?? identifiers[0])?.['foedselsEllerDNummer']);
}

/** The caller of the control API asked for something that cannot be. */
export class BadWish extends Error {}
