import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { endOf, isInTime } from './deadline.ts';
import { type PublishBar, type PublishFindings, barsOf } from './publishing.ts';

export type RoundKind = 'transfer' | 'main' | 'supplementary' | 'continuous' | 'sfo';

export type RoundState = 'draft' | 'open' | 'closed' | 'allocated' | 'published' | 'appeal' | 'finished';

export interface Round {
  readonly kind: RoundKind;
  readonly state: RoundState;
  /** The last day to apply; null for a round that takes applications all the year (BHG-04). */
  readonly deadline: LocalDate | null;
  readonly grace: Grace | null;
}

/** More time for everybody, because applications could not be sent when the deadline came (BHG-05). */
export interface Grace {
  readonly until: Date;
  readonly reason: string;
}

export type RoundMove =
  | { readonly move: 'close'; readonly now: Date }
  | { readonly move: 'open' | 'allocate' | 'openAppeals' }
  | { readonly move: 'finish'; readonly hasOpenOffers: boolean }
  | { readonly move: 'publish'; readonly findings: PublishFindings }
  | { readonly move: 'discard'; readonly reason: string }
  | {
      readonly move: 'reopen';
      readonly reason: string;
      readonly decidedBy: string;
      readonly approvedBy: string | null;
    };

export type RoundRefusal =
  | { readonly kind: 'E_STATE'; readonly state: RoundState }
  | { readonly kind: 'E_NO_REASON' | 'E_NO_APPROVER' | 'E_BAD_GRACE' }
  /** Somebody has an offer of it to answer, and ends with nothing were it over. */
  | { readonly kind: 'E_OPEN_OFFERS' }
  /** Whoever applies before the deadline is in time, so nothing is closed before it. */
  | { readonly kind: 'E_BEFORE_DEADLINE'; readonly deadline: Date }
  | { readonly kind: 'E_NOT_PUBLISHABLE'; readonly bars: readonly PublishBar[] };

/** Whatever is not here is refused (placement § 8). */
const moves: Readonly<Record<RoundMove['move'], { readonly from: RoundState; readonly to: RoundState }>> = {
  open: { from: 'draft', to: 'open' },
  close: { from: 'open', to: 'closed' },
  allocate: { from: 'closed', to: 'allocated' },
  publish: { from: 'allocated', to: 'published' },
  openAppeals: { from: 'published', to: 'appeal' },
  finish: { from: 'appeal', to: 'finished' },
  discard: { from: 'allocated', to: 'closed' },
  reopen: { from: 'closed', to: 'open' },
};

export function decideMove(round: Round, wanted: RoundMove): Result<RoundState, RoundRefusal> {
  const { from, to } = moves[wanted.move];
  if (round.state !== from) return refuse({ kind: 'E_STATE', state: round.state });
  switch (wanted.move) {
    case 'close': {
      const deadline = deadlineOf(round);
      if (deadline !== null && isInTime(wanted.now, deadline))
        return refuse({ kind: 'E_BEFORE_DEADLINE', deadline });
      break;
    }
    case 'publish': {
      const bars = barsOf(wanted.findings);
      if (bars.length > 0) return refuse({ kind: 'E_NOT_PUBLISHABLE', bars });
      break;
    }
    case 'discard':
    case 'reopen':
      if (wanted.reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
      if (wanted.move === 'reopen' && !isSecondPerson(wanted)) return refuse({ kind: 'E_NO_APPROVER' });
      break;
    case 'finish':
      if (wanted.hasOpenOffers) return refuse({ kind: 'E_OPEN_OFFERS' });
      break;
    case 'open':
    case 'allocate':
    case 'openAppeals':
  }
  return accept(to);
}

const isSecondPerson = ({
  decidedBy,
  approvedBy,
}: {
  readonly decidedBy: string;
  readonly approvedBy: string | null;
}): boolean => approvedBy !== null && approvedBy !== decidedBy;

/** The last second in which an application is in time; null where there is no deadline. */
export function deadlineOf({ deadline, grace }: Pick<Round, 'deadline' | 'grace'>): Date | null {
  if (deadline === null) return null;
  const end = endOf(deadline);
  return grace !== null && grace.until > end ? grace.until : end;
}

/** Given to all who apply to the round, also after the deadline, and never taken back: somebody may have relied on it (BHG-05). */
export function decideGrace(round: Round, grace: Grace): Result<Grace, RoundRefusal> {
  if (round.state !== 'open') return refuse({ kind: 'E_STATE', state: round.state });
  if (grace.reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  const deadline = deadlineOf(round);
  return deadline === null || grace.until <= deadline ? refuse({ kind: 'E_BAD_GRACE' }) : accept(grace);
}

/**
 * What of a round may be changed. A verdict may come after the allocation too: where it changes what the round was allocated from,
 * the snapshot says so when the round is published.
 */
export type RoundPart = 'dates' | 'wishes' | 'seats' | 'rules' | 'overrides' | 'verdicts' | 'simulations';

const beforeAllocation: readonly RoundState[] = ['draft', 'open', 'closed'];
const changeableIn: Readonly<Record<RoundPart, readonly RoundState[]>> = {
  dates: ['draft'],
  wishes: ['open'],
  seats: beforeAllocation,
  rules: beforeAllocation,
  overrides: beforeAllocation,
  verdicts: ['open', 'closed', 'allocated'],
  simulations: [...beforeAllocation, 'allocated'],
};

export const isChangeable = (state: RoundState, part: RoundPart): boolean =>
  changeableIn[part].includes(state);

/** The round that a child belongs in: the main one is for those who have the right and no place (BHG-06). */
export function roundKindFor({
  hasRight,
  hasPlace,
}: {
  readonly hasRight: boolean;
  /** On the day of the deadline, at a private kindergarten too. */
  readonly hasPlace: boolean;
}): 'transfer' | 'main' | 'supplementary' {
  if (hasPlace) return 'transfer';
  return hasRight ? 'main' : 'supplementary';
}
