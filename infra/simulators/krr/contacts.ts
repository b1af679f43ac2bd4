import { join } from 'node:path';
import { Journal } from '../common/journal.ts';
import { contactOf, type Population } from '../population/index.ts';
import { anchorOf, day, toRecord, type ContactRecord, type ReachedBy } from './facts.ts';

interface Change {
  readonly changeId: number;
  readonly number: string;
  readonly record: ContactRecord;
}

/** What somebody asks to be changed: `null` takes a channel away, `…DaysAgo` makes it as old as that. */
export interface ContactWish {
  readonly status?: unknown;
  readonly reserved?: unknown;
  readonly language?: unknown;
  readonly email?: unknown;
  readonly mobile?: unknown;
  readonly emailDaysAgo?: unknown;
  readonly mobileDaysAgo?: unknown;
}

const nobody: ContactRecord = {
  status: 'IKKE_REGISTRERT', reserved: false, reservedSince: null, email: null, mobile: null, language: null, languageSince: 0, mailbox: null,
}; // prettier-ignore

export class Contacts {
  readonly population: Population;
  readonly #journal: Journal<Change>;
  readonly #changed = new Map<string, ContactRecord>();
  readonly #changes: Change[] = [];
  #first: readonly string[] | null = null;

  constructor(population: Population, stateDir: string | null) {
    this.population = population;
    this.#journal = new Journal(stateDir === null ? null : join(stateDir, 'krr.jsonl'));
    for (const change of this.#journal.replay()) this.#apply(change);
  }

  of(number: string, now: number): ContactRecord {
    const changed = this.#changed.get(number);
    if (changed !== undefined) return changed;
    const person = this.population.byNumber(number);
    return person === undefined ? nobody : toRecord(contactOf(person), anchorOf(now));
  }

  change(number: string, wish: ContactWish, now: number): Change {
    const before = this.of(number, now);
    const change: Change = { changeId: this.lastChangeId + 1, number, record: changed(before, wish, now) };
    this.#journal.append(change);
    this.#apply(change);
    return change;
  }

  /** Ids start with one for each person who was registered before anything changed. */
  get lastChangeId(): number {
    return this.#changes.at(-1)?.changeId ?? this.#registered.length;
  }

  /** Changes from this id on, itself included, one for each: who changed, not what. */
  changesFrom(id: number, limit: number): { readonly changeId: number; readonly number: string }[] {
    const old = this.#registered.slice(Math.max(0, id - 1), Math.max(0, id - 1) + limit);
    const list = old.map((number, n) => ({ changeId: Math.max(1, id) + n, number }));
    return [...list, ...this.#changes.filter((change) => change.changeId >= id)].slice(0, limit);
  }

  close(): void {
    this.#journal.close();
  }

  /** Made when first asked for: few callers follow changes. */
  get #registered(): readonly string[] {
    return (this.#first ??= this.population.people
      .filter((person) => contactOf(person).status !== 'IKKE_REGISTRERT')
      .map((person) => person.number));
  }

  #apply(change: Change): void {
    this.#changed.set(change.number, change.record);
    this.#changes.push(change);
  }
}

function changed(before: ContactRecord, wish: ContactWish, now: number): ContactRecord {
  const status =
    wish.status === undefined ? (before.status === 'IKKE_REGISTRERT' ? 'AKTIV' : before.status) : wish.status;
  const reserved = wish.reserved === undefined ? before.reserved : wish.reserved === true;
  const language = wish.language === undefined ? before.language : wish.language;
  return {
    ...before,
    status: status as ContactRecord['status'],
    reserved,
    reservedSince: !reserved ? null : before.reserved ? before.reservedSince : now,
    email: reach(before.email, wish.email, wish.emailDaysAgo, now),
    mobile: reach(before.mobile, wish.mobile, wish.mobileDaysAgo, now),
    language: language as ContactRecord['language'],
    languageSince: wish.language === undefined ? before.languageSince : now,
  };
}

function reach(before: ReachedBy | null, address: unknown, daysAgo: unknown, now: number): ReachedBy | null {
  if (address === null) return null;
  if (address === undefined && daysAgo === undefined) return before;
  const at = now - Number(daysAgo ?? 0) * day;
  const text = address === undefined ? before?.address : String(address);
  return text === undefined
    ? null
    : { address: text, updated: at, verified: at, duplicated: before?.duplicated ?? false };
}
