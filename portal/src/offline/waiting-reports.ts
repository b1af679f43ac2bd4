import { Refused, SignedOut, ask } from '../graph/ask.ts';
import { client } from '../graph/client.ts';
import {
  ReportAbsence,
  type ReportAbsenceMutation,
  type ReportAbsenceMutationVariables,
} from '../graph/generated/operations.ts';
import { graphKey } from '../graph/use-graph.ts';
import { type Session, sessionKey } from '../session/session.ts';
import { keep, kept } from './store.ts';

export type ReportInput = ReportAbsenceMutationVariables['input'];
export type ReportResult = ReportAbsenceMutation['reportAbsence'];

/** A report that nobody has taken yet, or what came of it since. */
export interface WaitingReport {
  readonly input: ReportInput;
  /** Whom it is about, in the words of whoever wrote it. */
  readonly about: string;
  readonly result?: ReportResult | 'REFUSED';
}

const name = 'reports';
const againMs = 10_000;
const lost = 'lostReports';

/** Asked again, these would be answered the same; anything else may pass. */
const isFinal = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND']);

interface Kept {
  readonly sessionId: string | undefined;
  readonly reports: readonly WaitingReport[];
}

function countLost(count: number): void {
  if (count > 0) localStorage.setItem(lost, String(count));
}

/** Reports of absence that are on their way, kept until they are answered: each is sent again with its own key, so that it is taken once (S-22). */
class WaitingReports {
  readonly #tell = new Set<() => void>();
  #reports: readonly WaitingReport[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #sessionId: string | undefined;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#tell.add(tell);
    return () => this.#tell.delete(tell);
  };

  readonly get = (): readonly WaitingReport[] => this.#reports;

  #set(reports: readonly WaitingReport[]): void {
    this.#reports = reports;
    for (const tell of this.#tell) tell();
  }

  #keep(): Promise<void> {
    const sessionId = client.getQueryData<Session | null>(sessionKey)?.id ?? this.#sessionId;
    return keep(name, { sessionId, reports: this.#unsent() } satisfies Kept);
  }

  #unsent(): readonly WaitingReport[] {
    return this.#reports.filter(({ result }) => result === undefined);
  }

  /** What this session has left on the device when the page was closed. What another one left is sent by nobody, and counted as lost. */
  async takeUp(sessionId: string): Promise<void> {
    if (this.#sessionId === sessionId) return;
    if (this.#sessionId !== undefined) this.forget();
    this.#sessionId = sessionId;
    const found = (await kept(name)) as Kept | undefined;
    const left = found?.sessionId === sessionId ? found.reports : [];
    if (found !== undefined && found.sessionId !== sessionId) {
      countLost(found.reports.length);
      await this.#keep();
    }
    const here = new Set(this.#reports.map(({ input }) => input.idempotencyKey));
    this.#set([...left.filter(({ input }) => !here.has(input.idempotencyKey)), ...this.#reports]);
    await this.flush();
  }

  add(input: ReportInput, about: string): void {
    this.#set([...this.#reports, { input, about }]);
    void this.#keep();
    this.#later();
  }

  drop({ input }: WaitingReport): void {
    this.#set(this.#reports.filter((one) => one.input !== input));
    void this.#keep();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), againMs);
  }

  /** Sends what waits, oldest first, until nobody answers. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (const report of this.#unsent()) {
        const result = await this.#send(report);
        if (result === undefined) return;
        this.#set(this.#reports.map((one) => (one.input === report.input ? { ...one, result } : one)));
        await this.#keep();
        void client.invalidateQueries({ queryKey: [graphKey] });
      }
    } finally {
      this.#isSending = false;
    }
  }

  async #send({ input }: WaitingReport): Promise<WaitingReport['result']> {
    try {
      return (await ask(ReportAbsence, { input })).data.reportAbsence;
    } catch (error) {
      if (error instanceof Refused && isFinal.has(error.code)) return 'REFUSED';
      if (error instanceof SignedOut) void client.invalidateQueries({ queryKey: sessionKey });
      if (!(error instanceof SignedOut)) this.#later();
      return undefined;
    }
  }

  /** The session is over. Of what was not sent nothing stays but how much it was, so that whoever comes next is told. */
  forget(): void {
    clearTimeout(this.#timer);
    countLost(this.#unsent().length);
    this.#sessionId = undefined;
    this.#set([]);
  }
}

export const waitingReports = new WaitingReports();

/** How many reports went with a session that ended before they could be sent. */
export const lostReports = (): number => Number(localStorage.getItem(lost) ?? 0);
export const forgiveLostReports = (): void => localStorage.removeItem(lost);
