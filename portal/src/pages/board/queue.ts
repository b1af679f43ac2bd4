import type { OwnMark } from './rows.ts';

/** How long a mark waits before it is sent, so that it can be taken back as if it had never been made. */
export const undoMs = 6_000;
const againMs = 10_000;
/** What the gateway takes at once. */
const atOnce = 500;

export interface Outcome {
  readonly id: string;
  readonly kind: string;
}

export type Sent =
  | { readonly kind: 'answered'; readonly outcomes: readonly Outcome[] }
  /** Refused as a whole: the same again would be refused again. */
  | { readonly kind: 'refused'; readonly message: string | null }
  /** Nobody answered: later. */
  | { readonly kind: 'later' }
  /** Nobody is signed in any more: whoever is let in next sends them. */
  | { readonly kind: 'signedOut' };

export interface QueueState {
  readonly marks: readonly OwnMark[];
  /** What can be taken back still. */
  readonly undo: readonly OwnMark[];
  /** That marks were sent, and did not get there. */
  readonly isStuck: boolean;
  /** What was not taken, and why: the code of the graph, or its message. */
  readonly failed: readonly { readonly mark: OwnMark; readonly why: string | null }[];
}

interface Deps {
  readonly send: (unitId: string, marks: readonly OwnMark[]) => Promise<Sent>;
  /** Reads anew what is shown: what was taken is laid over it until then. */
  readonly readAnew: () => Promise<unknown>;
  /** Where marks are kept that have not been sent, for a device that may be closed meanwhile. */
  readonly keep: {
    readonly load: () => readonly OwnMark[];
    readonly save: (marks: readonly OwnMark[]) => void;
  };
}

const taken = new Set(['TAKEN', 'IN_DOUBT']);

/** Marks on their way: held for some seconds, sent in the order they were made, kept while there is no network. */
export class MarkQueue {
  readonly #deps: Deps;
  readonly #tell = new Set<() => void>();
  #state: QueueState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #dueAt = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#state = { marks: deps.keep.load(), undo: [], isStuck: false, failed: [] };
    if (this.#state.marks.length > 0) void this.flush();
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#tell.add(tell);
    return () => this.#tell.delete(tell);
  };

  readonly get = (): QueueState => this.#state;

  #set(change: Partial<QueueState>): void {
    this.#state = { ...this.#state, ...change };
    this.#deps.keep.save(this.#state.marks);
    for (const tell of this.#tell) tell();
  }

  add(marks: readonly OwnMark[]): void {
    this.#set({ marks: [...this.#state.marks, ...marks], undo: marks });
    this.#dueAt = Date.now() + undoMs;
    this.#later(undoMs);
  }

  /** Takes back what was marked last, if it has not left yet. */
  undo(): void {
    const back = new Set(this.#state.undo.map(({ id }) => id));
    this.#set({ marks: this.#state.marks.filter(({ id }) => !back.has(id)), undo: [] });
  }

  forgive(): void {
    this.#set({ failed: [] });
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  /** Sends all there is, at once. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    const unitId = this.#state.marks[0]?.unitId;
    this.#set({ undo: [] });
    if (unitId === undefined) return;
    const sending = this.#state.marks.filter((mark) => mark.unitId === unitId).slice(0, atOnce);
    this.#isSending = true;
    const sent = await this.#deps.send(unitId, sending);
    if (sent.kind === 'later' || sent.kind === 'signedOut') {
      this.#isSending = false;
      this.#set({ isStuck: true });
      if (sent.kind === 'later') this.#later(againMs);
      return;
    }
    const kinds = new Map(sent.kind === 'answered' ? sent.outcomes.map(({ id, kind }) => [id, kind]) : []);
    const why = (mark: OwnMark): string | null =>
      sent.kind === 'refused' ? sent.message : (kinds.get(mark.id) ?? null);
    const failed = sending
      .filter(({ id }) => !taken.has(kinds.get(id) ?? ''))
      .map((mark) => ({ mark, why: why(mark) }));
    if (sent.kind === 'answered') await this.#deps.readAnew().catch(() => {});
    const gone = new Set(sending.map(({ id }) => id));
    this.#isSending = false;
    this.#set({
      marks: this.#state.marks.filter(({ id }) => !gone.has(id)),
      failed: [...this.#state.failed, ...failed],
      isStuck: false,
    });
    if (this.#state.marks.length > 0)
      this.#later(this.#state.undo.length > 0 ? Math.max(0, this.#dueAt - Date.now()) : 0);
  }
}
