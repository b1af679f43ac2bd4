import { AppError } from '@ranselpost/kit/pure/errors';
import type { LoginKind } from '../domain/session.ts';

/** Something a client may want to ask for anew. It says what and which, never how it is now. */
export interface Hint {
  readonly kind: 'child' | 'thread' | 'news' | 'board';
  readonly id: string;
}

export interface LiveStream {
  readonly sessionId: string;
  readonly personId: string;
  readonly kind: LoginKind;
  readonly write: (text: string) => void;
  readonly end: () => void;
}

const mostForOnePerson = 8;

/** The live streams that are open in this replica. */
export class LiveStreams {
  readonly #open = new Map<string, Set<LiveStream>>();
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Throws when there are too many. Answers what takes the stream out again. */
  add(stream: LiveStream): () => void {
    const own = this.#open.get(stream.personId) ?? new Set();
    if (own.size >= mostForOnePerson)
      throw new AppError('RATE_LIMITED', 'too many live streams of one person');
    if (this.#count >= this.#most) throw new AppError('UNAVAILABLE', 'too many live streams');
    own.add(stream);
    this.#open.set(stream.personId, own);
    this.#count += 1;
    return () => {
      if (!own.delete(stream)) return;
      this.#count -= 1;
      if (own.size === 0) this.#open.delete(stream.personId);
    };
  }

  get size(): number {
    return this.#count;
  }

  hint(personId: string, kind: LoginKind, hint: Hint): void {
    for (const stream of this.#open.get(personId) ?? [])
      if (stream.kind === kind) stream.write(`data: ${JSON.stringify(hint)}\n\n`);
  }

  keepAlive(): void {
    for (const stream of this.#all()) stream.write(': still here\n\n');
  }

  endOfPerson(personId: string): void {
    for (const stream of [...(this.#open.get(personId) ?? [])]) stream.end();
  }

  endAll(): void {
    for (const stream of this.#all()) stream.end();
  }

  sessionIds(): string[] {
    return [...new Set(this.#all().map(({ sessionId }) => sessionId))];
  }

  /** Ends those that were open when `asked` was made up and whose session does not live any more. */
  endWithout(asked: readonly string[], living: ReadonlySet<string>): void {
    const gone = new Set(asked.filter((id) => !living.has(id)));
    for (const stream of this.#all()) if (gone.has(stream.sessionId)) stream.end();
  }

  #all(): LiveStream[] {
    return [...this.#open.values()].flatMap((own) => [...own]);
  }
}
