import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { endOf } from './deadline.ts';

export type OfferState = 'sent' | 'accepted' | 'accepted-keep' | 'declined' | 'expired' | 'withdrawn';

export interface Offer {
  readonly id: string;
  readonly application: string;
  readonly pool: string;
  /** An instant, in milliseconds; an answer at it counts. */
  readonly deadline: number;
  readonly state: OfferState;
}

/** What a family answers, at an instant. */
export type Answer =
  | { readonly cmd: 'accept' | 'accept-keep'; readonly at: number }
  /** Whoever stays waits on for all that it waits for, but for this. */
  | { readonly cmd: 'decline'; readonly at: number; readonly stay: boolean };

export type Ending =
  | Answer
  | { readonly cmd: 'expire'; readonly at: number }
  | { readonly cmd: 'withdraw'; readonly reason: string | null };

export type EndingRefusal = 'E_STATE' | 'E_DEADLINE' | 'E_NO_HIGHER' | 'E_NO_REASON';

/** How an offer ends, and what follows from it. */
export interface Ended {
  readonly state: Exclude<OfferState, 'sent'>;
  readonly isPlaced: boolean;
  /** Of the pools that the child waits for: which it waits for on. */
  readonly stays: (pool: string) => boolean;
}

/** One answer counts, the first one; `wishes` are the child's pools, most wanted first (placement § 8, BHG-12). */
export function decideEnding(
  { pool, deadline, state }: Pick<Offer, 'pool' | 'deadline' | 'state'>,
  ending: Ending,
  wishes: readonly string[],
): Result<Ended, EndingRefusal> {
  if (state !== 'sent') return refuse('E_STATE');
  const others = (one: string): boolean => one !== pool;
  switch (ending.cmd) {
    case 'withdraw':
      // The child's entry has been active all along, so it is back where it was.
      return ending.reason === null
        ? refuse('E_NO_REASON')
        : accept({ state: 'withdrawn', isPlaced: false, stays: () => true });
    case 'expire':
      return isPast(deadline, ending.at)
        ? accept({ state: 'expired', isPlaced: false, stays: others })
        : refuse('E_STATE');
    case 'decline':
      return isPast(deadline, ending.at)
        ? refuse('E_DEADLINE')
        : accept({ state: 'declined', isPlaced: false, stays: (one) => ending.stay && others(one) });
    case 'accept':
      return isPast(deadline, ending.at)
        ? refuse('E_DEADLINE')
        : accept({ state: 'accepted', isPlaced: true, stays: () => false });
    case 'accept-keep': {
      if (isPast(deadline, ending.at)) return refuse('E_DEADLINE');
      const higher = higherThan(pool, wishes);
      return higher.size === 0
        ? refuse('E_NO_HIGHER')
        : accept({ state: 'accepted-keep', isPlaced: true, stays: (one) => higher.has(one) });
    }
  }
}

/** All wishes are higher than a place that the child never wished for, and got nearby. */
const higherThan = (pool: string, wishes: readonly string[]): ReadonlySet<string> => {
  const at = wishes.indexOf(pool);
  return new Set(at === -1 ? wishes : wishes.slice(0, at));
};

const isPast = (deadline: number, at: number): boolean => at > deadline;

/** The answers that a family may choose among, so that none is shown that would be refused. Empty once it is answered or past. */
export function answersOf(
  offer: Pick<Offer, 'pool' | 'deadline' | 'state'>,
  wishes: readonly string[],
  { now, keepsWaiting }: { readonly now: number; readonly keepsWaiting: boolean },
): readonly Answer['cmd'][] {
  return (['accept', 'accept-keep', 'decline'] as const).filter(
    (cmd) =>
      (cmd !== 'accept-keep' || keepsWaiting) &&
      decideEnding(offer, { cmd, at: now, stay: false }, wishes).ok,
  );
}

export type AnswerRefusal = EndingRefusal | 'E_NO_KEEP';

/** A guardian answers; where the municipality does not let families wait on with a place, that is refused (`keepWaiting`, placement § 1). */
export function decideAnswer(
  offer: Pick<Offer, 'pool' | 'deadline' | 'state'>,
  answer: Answer,
  { wishes, keepsWaiting }: { readonly wishes: readonly string[]; readonly keepsWaiting: boolean },
): Result<Ended, AnswerRefusal> {
  const decided = decideEnding(offer, answer, wishes);
  return decided.ok && answer.cmd === 'accept-keep' && !keepsWaiting ? refuse('E_NO_KEEP') : decided;
}

/** Offers whose time is over and which nobody has answered: the clock ends them. */
export const dueToExpire = <One extends Pick<Offer, 'deadline' | 'state'>>(
  offers: readonly One[],
  now: Date,
): readonly One[] =>
  offers.filter(({ deadline, state }) => state === 'sent' && isPast(deadline, now.getTime()));

/** How an offer comes to somebody who may answer it. */
export type Arrival =
  | { readonly kind: 'DIGITAL' }
  /** `arrivedOn` is what the post has shown; until then it is taken to be on its way for as long as the municipality reckons with. */
  | { readonly kind: 'PAPER'; readonly arrivedOn: LocalDate | null; readonly postDays: number };

/**
 * The last instant to answer. Everybody has as many days, from when the offer has come (BHG-12); where two may answer, until the later one has had them.
 */
export function replyDeadline(sentAt: Date, arrivals: readonly Arrival[], replyDays: number): Date {
  const sentOn = localDateAt(sentAt);
  const came = arrivals.map((arrival) => {
    if (arrival.kind === 'DIGITAL') return sentOn;
    return arrival.arrivedOn ?? addDays(sentOn, arrival.postDays);
  });
  const last = came.reduce((latest, day) => (day > latest ? day : latest), sentOn);
  // To the last millisecond of the second in which answers count.
  return new Date(endOf(addDays(last, replyDays)).getTime() + 999);
}

/** When the post shows that an offer came later, there is more time; never less than was said before. */
export const extendedDeadline = (said: Date, shown: Date): Date => (shown > said ? shown : said);
