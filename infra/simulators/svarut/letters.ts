import { randomUUID } from 'node:crypto';
import { Journal } from '../common/journal.ts';

export const statuses = [
  'MOTTATT', 'AKSEPTERT', 'AVVIST', 'VARSLET', 'LEST', 'SENDT_PRINT', 'PRINTET', 'MANUELT_HANDTERT', 'SENDT_DIGITALT',
  'SENDT_SDP', 'LEVERT_SDP', 'KLAR_FOR_MOTTAK', 'IKKE_LEVERT',
] as const; // prettier-ignore
export type Status = (typeof statuses)[number];

export interface LetterFile {
  readonly name: string;
  readonly mimeType: string;
  readonly base64: string;
}

/** What was ordered, as it came; checked by then. */
export interface Order {
  readonly tittel: string;
  readonly mottaker: Readonly<Record<string, string>>;
  readonly eksternReferanse?: string;
}

export interface Letter {
  readonly id: string;
  readonly accountId: string;
  readonly at: number;
  readonly order: Order;
  readonly files: readonly LetterFile[];
  /** What becomes of it by itself, in this order. */
  readonly course: readonly Status[];
}

interface Happening {
  readonly status: Status;
  readonly at: number;
}

type Line =
  { readonly letter: Letter } | { readonly id: string; readonly status: Status; readonly at: number };

/** Letters that were handed over, and how far each has come: a step further every `stepMs`, and what somebody makes happen. */
export class Letters {
  /** How long a letter stays as it is. */
  stepMs = 1_000;
  readonly #letters = new Map<string, Letter>();
  readonly #made = new Map<string, Happening[]>();
  readonly #journal: Journal<Line>;

  constructor(file: string | null) {
    this.#journal = new Journal<Line>(file);
    for (const line of this.#journal.replay()) this.#apply(line);
  }

  add(given: Omit<Letter, 'id' | 'course'>, isRejected: boolean): Letter {
    const isDigital = given.order.mottaker['digitalId'] !== undefined;
    const course: Status[] = isRejected
      ? ['MOTTATT', 'AVVIST']
      : [
          'MOTTATT',
          'AKSEPTERT',
          ...(isDigital ? (['VARSLET'] as const) : (['SENDT_PRINT', 'PRINTET'] as const)),
        ];
    const letter = { ...given, id: randomUUID(), course };
    this.#commit({ letter });
    return letter;
  }

  make(id: string, status: Status, at: number): void {
    this.#commit({ id, status, at });
  }

  get(id: string): Letter | undefined {
    return this.#letters.get(id);
  }

  list(): readonly Letter[] {
    return [...this.#letters.values()];
  }

  /** What has happened to a letter until now, the newest last. What somebody made happen ends its own course. */
  happenings({ id, at, course }: Letter, now: number): readonly Happening[] {
    const made = this.#made.get(id) ?? [];
    const until = Math.min(now, made[0]?.at ?? now);
    const own = course
      .map((status, step) => ({ status, at: at + step * this.stepMs }))
      .filter((happening, step) => step === 0 || happening.at <= until);
    return [...own, ...made];
  }

  close(): void {
    this.#journal.close();
  }

  #commit(line: Line): void {
    this.#journal.append(line);
    this.#apply(line);
  }

  #apply(line: Line): void {
    if ('letter' in line) this.#letters.set(line.letter.id, line.letter);
    else this.#made.set(line.id, [...(this.#made.get(line.id) ?? []), { status: line.status, at: line.at }]);
  }
}
