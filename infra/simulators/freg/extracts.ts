import { randomUUID } from 'node:crypto';
import { listOf } from './documents.ts';
import type { Register } from './register.ts';

const batchSize = 10_000;
const mostRunning = 10;

interface Job {
  readonly readyAt: number;
  readonly numbers: readonly string[];
}

export interface ExtractWish {
  readonly personstatustyper?: readonly string[];
  readonly kommunenummer?: {
    readonly bostedskommunenummer?: string;
    readonly oppholdskommunenummer?: string;
  };
  readonly foedselsaarFraOgMed?: string;
  readonly foedselsaarTilOgMed?: string;
}

/** Lists of people, made in the background: asked for, waited for, fetched batch by batch. Forgotten at a restart. */
export class Extracts {
  /** How long a job takes. */
  delayMs = 300;
  readonly #register: Register;
  readonly #jobs = new Map<string, Job>();

  constructor(register: Register) {
    this.#register = register;
  }

  start(wish: ExtractWish | null): { readonly jobbId: string } | 'too-many' {
    const running = [...this.#jobs.values()].filter((job) => job.readyAt > Date.now());
    if (running.length >= mostRunning) return 'too-many';
    const jobbId = randomUUID();
    this.#jobs.set(jobbId, { readyAt: Date.now() + this.delayMs, numbers: [...this.#matching(wish)] });
    return { jobbId };
  }

  batch(jobbId: string, n: number): { readonly foedselsEllerDNummer?: readonly string[] } | 'wait' | 'gone' {
    const job = this.#jobs.get(jobbId);
    if (job === undefined) return 'gone';
    if (job.readyAt > Date.now()) return 'wait';
    const last = Math.ceil(job.numbers.length / batchSize);
    if (n > last) return 'gone';
    if (n === last) return {};
    return { foedselsEllerDNummer: job.numbers.slice(n * batchSize, (n + 1) * batchSize) };
  }

  *#matching(wish: ExtractWish | null): Generator<string> {
    const elements = new Set(['status', 'foedsel', 'bostedsadresse']);
    const statuses = new Set((wish?.personstatustyper ?? []).flatMap((type) => statusesOf[type] ?? [type]));
    const municipality = wish?.kommunenummer?.bostedskommunenummer;
    for (const number of this.#register.numbers()) {
      const document = this.#register.documentOf(number, elements);
      if (document === undefined) continue;
      const current = (element: string) => listOf(document, element).find((entry) => entry.erGjeldende);
      if (statuses.size > 0 && !statuses.has(String(current('status')?.['status']))) continue;
      const year = String(current('foedsel')?.['foedselsaar']);
      if (wish?.foedselsaarFraOgMed !== undefined && year < wish.foedselsaarFraOgMed) continue;
      if (wish?.foedselsaarTilOgMed !== undefined && year > wish.foedselsaarTilOgMed) continue;
      const street = current('bostedsadresse')?.['vegadresse'] as { kommunenummer?: string } | undefined;
      if (municipality !== undefined && street?.kommunenummer !== municipality) continue;
      yield number;
    }
  }
}

const statusesOf: Readonly<Record<string, readonly string[]>> = {
  aktiv: ['bosatt', 'aktiv', 'midlertidig', 'foedselsregistrert'],
  inaktiv: ['inaktiv', 'midlertidig'],
};
