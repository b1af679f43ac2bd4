import { AppError } from '@ranselpost/kit/pure/errors';
import type { AtTablet, SessionKind } from '../domain/session.ts';

/** Something a client may want to ask for anew. It says what and which, never how it is now. */
export interface Hint {
  readonly kind: 'child' | 'thread' | 'news' | 'board';
  readonly id: string;
}

export interface LiveStream {
  readonly sessionId: string;
  readonly personId: string;
  readonly kind: SessionKind;
  /** The shared tablet that it is at; null where it is at none. */
  readonly at: AtTablet | null;
  readonly write: (text: string) => void;
  readonly end: () => void;
}

const mostForOnePerson = 8;
/** How long the same is not hinted again to somebody: shorter than anybody waits for what has changed. */
const momentMs = 500;

/** Does something a moment later, and keeps no process alive for it. */
type Later = (act: () => void) => void;
const later: Later = (act) => void setTimeout(act, momentMs).unref();

/** The live streams that are open in this replica. */
export class LiveStreams {
  readonly #open = new Map<string, Set<LiveStream>>();
  /** What was hinted within the last moment, and whether it is to be hinted once more when that is over. */
  readonly #hinted = new Map<string, boolean>();
  readonly #most: number;
  readonly #later: Later;
  #count = 0;

  constructor(most: number, aMomentLater: Later = later) {
    this.#most = most;
    this.#later = aMomentLater;
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

  /** At once; what is the same within a moment is one hint more at its end, however often it comes. */
  hint(personId: string, kind: SessionKind, hint: Hint): void {
    if (!this.#open.has(personId)) return;
    const key = JSON.stringify([personId, kind, hint.kind, hint.id]);
    if (this.#hinted.has(key)) {
      this.#hinted.set(key, true);
      return;
    }
    this.#hinted.set(key, false);
    this.#later(() => {
      const isToCome = this.#hinted.get(key) === true;
      this.#hinted.delete(key);
      if (isToCome) this.hint(personId, kind, hint);
    });
    for (const stream of this.#open.get(personId) ?? [])
      if (stream.kind === kind && (stream.at === null || stream.at.unitId === hint.id))
        stream.write(`data: ${JSON.stringify(hint)}\n\n`);
  }

  /** Of a unit's board, at its own shared tablets too. */
  hintBoard(personId: string, unitId: string): void {
    for (const kind of ['staff', 'tablet'] as const) this.hint(personId, kind, { kind: 'board', id: unitId });
  }

  keepAlive(): void {
    for (const stream of this.#all()) stream.write(': still here\n\n');
  }

  endOfPerson(personId: string): void {
    for (const stream of [...(this.#open.get(personId) ?? [])]) stream.end();
  }

  endAtTablet(tabletId: string): void {
    for (const stream of this.#all()) if (stream.at?.tabletId === tabletId) stream.end();
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
