import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isInTime, toTheSecond } from './deadline.ts';
import {
  type RightFacts,
  type StartPeriod,
  decideStart,
  mayHaveRight,
  yearOfAdmission,
} from './right-to-place.ts';
import { type Round, type RoundKind, deadlineOf, isChangeable, roundKindFor } from './round.ts';
import { type Wish, type WishProblem, type WishTerms, type WrittenWish, decideWishes } from './wishes.ts';

/** `complete`: nothing of it is undecided any more. `placed` has a place, and may wait for a better one. */
export type ApplicationState =
  'draft' | 'submitted' | 'complete' | 'placed' | 'waiting' | 'withdrawn' | 'ended';

export interface Application {
  readonly id: string;
  readonly childId: string;
  readonly roundKind: RoundKind;
  readonly state: ApplicationState;
  /** When it was first sent; changes do not move it, as the time of filing is of no weight in time (BHG-08). */
  readonly submittedAt: Date | null;
  readonly wishes: readonly Wish[];
  /** Counts changes: two guardians may write at once. */
  readonly version: number;
}

export type ApplicationRefusal =
  | { readonly kind: 'E_STATE'; readonly state: ApplicationState }
  | { readonly kind: 'E_ROUND_NOT_OPEN' }
  | { readonly kind: 'E_GUARDIANS' | 'E_NO_NATIONAL_NUMBER' }
  /** Guardians who do not agree turn to a case worker: neither takes back what the other one has sent (GUA-22). */
  | { readonly kind: 'E_NOT_APPLICANT' }
  /** What came on paper came at a time that has been. */
  | { readonly kind: 'E_RECEIPT_AHEAD' }
  | { readonly kind: 'E_DEADLINE'; readonly deadline: Date }
  /** The other guardian has applied already, or the same one has: that application is the child's. */
  | { readonly kind: 'E_HAS_APPLICATION'; readonly application: Application }
  | { readonly kind: 'E_STALE'; readonly version: number }
  | { readonly kind: 'E_WISHES'; readonly problems: readonly WishProblem[] }
  /** A place is wanted from a day of another year than the one that is applied for (BHG-02). */
  | ({ readonly kind: 'E_START' } & StartPeriod)
  /** The main round is for those who have the right to a place and none (BHG-06): another kind of round fits. */
  | { readonly kind: 'E_OTHER_ROUND'; readonly fitting: RoundKind };

/** What somebody has written of an application. */
export interface WrittenApplication {
  readonly wishes: readonly WrittenWish[];
  /** Null: whenever there is a place. */
  readonly wantedStart: LocalDate | null;
}

/** What is known of a round when something is sent to it. */
export interface KnownRound extends WishTerms, Pick<RightFacts, 'admissionYear' | 'yearBegins'> {
  readonly round: Round;
  /** By the server's clock: it counts, and no other (BHG-05). */
  readonly now: Date;
}

/** Who has parental responsibility by the register, and whom an application names (BHG-04, GUA-22). */
export interface Guardians {
  readonly responsible: ReadonlySet<string>;
  readonly stated: ReadonlySet<string>;
}

/** What is known of a child that applies, as far as it says which round is for it. */
export interface ApplyingChild {
  /** Null where the register has not told it. */
  readonly born: LocalDate | null;
  /** On the last day to apply, at a private kindergarten too. */
  readonly hasPlace: boolean;
}

export interface Receipt {
  readonly applicationId: string;
  readonly receivedAt: Date;
}

/** An application that stands: a draft is none yet (BHG-05). */
export const isLive = ({ state }: Pick<Application, 'state'>): boolean =>
  state !== 'draft' && state !== 'withdrawn' && state !== 'ended';

/**
 * Somebody writes at an application that is not sent yet. What is kept of it goes together; only that nothing is wished for yet, or that not
 * all guardians are named, is left for later (P07).
 */
export function decideDraft(
  draft: Pick<Application, 'state' | 'version'>,
  written: WrittenApplication,
  known: KnownRound & { readonly version: number | null },
): Result<readonly Wish[], ApplicationRefusal> {
  if (draft.state !== 'draft') return refuse({ kind: 'E_STATE', state: draft.state });
  const isOpen = decideOpen(known);
  if (!isOpen.ok) return isOpen;
  const { version } = draft;
  if (known.version !== null && known.version !== version) return refuse({ kind: 'E_STALE', version });
  return decideWritten(written, known, { mayBeEmpty: true });
}

/** An application is sent: from then on it is the child's only one in rounds of the kind. Whether the guardians agree is not asked here (GUA-22). */
export function decideSubmission(
  draft: Application,
  written: WrittenApplication,
  known: KnownRound & {
    readonly guardians: Guardians;
    readonly hasNationalNumber: boolean;
    /** Whoever takes it in on paper may do so for a child that the register does not have (BHG-04, P26). */
    readonly isEnteredByStaff: boolean;
    readonly ofChild: readonly Application[];
    readonly child: ApplyingChild;
  },
): Result<{ readonly application: Application; readonly receipt: Receipt }, ApplicationRefusal> {
  if (draft.state !== 'draft') return refuse({ kind: 'E_STATE', state: draft.state });
  const isOpen = decideOpen(known);
  if (!isOpen.ok) return isOpen;
  const { guardians, hasNationalNumber, isEnteredByStaff, ofChild, now } = known;
  const standing = ofChild.find(
    (one) => isLive(one) && one.childId === draft.childId && one.roundKind === draft.roundKind,
  );
  if (standing !== undefined) return refuse({ kind: 'E_HAS_APPLICATION', application: standing });
  if (!hasNationalNumber && !isEnteredByStaff) return refuse({ kind: 'E_NO_NATIONAL_NUMBER' });
  const { responsible, stated } = guardians;
  if (stated.size !== responsible.size || ![...responsible].every((one) => stated.has(one)))
    return refuse({ kind: 'E_GUARDIANS' });
  const isForChild = decideRoundKind(draft.roundKind, known.child, known);
  if (!isForChild.ok) return isForChild;
  const wishes = decideWritten(written, known, { mayBeEmpty: false });
  if (!wishes.ok) return wishes;
  const receivedAt = toTheSecond(now);
  return accept({
    application: {
      ...draft,
      ...{ state: 'submitted', submittedAt: receivedAt, wishes: wishes.value, version: draft.version + 1 },
    },
    receipt: { applicationId: draft.id, receivedAt },
  });
}

/** Wishes are changed while the round takes applications, and not after the deadline (BHG-07, P06). */
export function decideChange(
  application: Application,
  written: WrittenApplication,
  known: KnownRound & { readonly version: number },
): Result<Application, ApplicationRefusal> {
  if (application.state !== 'submitted') return refuse({ kind: 'E_STATE', state: application.state });
  const isOpen = decideOpen(known);
  if (!isOpen.ok) return isOpen;
  const { version } = application;
  if (known.version !== version) return refuse({ kind: 'E_STALE', version });
  const wishes = decideWritten(written, known, { mayBeEmpty: false });
  if (!wishes.ok) return wishes;
  return accept({ ...application, wishes: wishes.value, version: version + 1 });
}

function decideWritten(
  { wishes: written, wantedStart }: WrittenApplication,
  known: KnownRound,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): Result<readonly Wish[], ApplicationRefusal> {
  const wishes = mayBeEmpty && written.length === 0 ? accept([]) : decideWishes(written, known);
  if (!wishes.ok) return refuse({ kind: 'E_WISHES', problems: wishes.refusal });
  const start = decideStart(yearOfAdmission(known), wantedStart);
  return start.ok ? wishes : start;
}

/**
 * The main round is for those who have the right to a place and no place (BHG-06). Whoever is certain not to is told which kind of round fits.
 * Whoever may have the right is taken in: where a child lives counts on the last day to apply (BHG-03), and people find out what the register does not say.
 */
export function decideRoundKind(
  kind: RoundKind,
  { born, hasPlace }: ApplyingChild,
  year: Pick<RightFacts, 'admissionYear' | 'yearBegins'>,
): Result<'fits', Extract<ApplicationRefusal, { kind: 'E_OTHER_ROUND' }>> {
  if (kind !== 'main') return accept('fits');
  const hasRight = born === null || mayHaveRight(born, year);
  const fitting = roundKindFor({ hasRight, hasPlace });
  return fitting === 'main' ? accept('fits') : refuse({ kind: 'E_OTHER_ROUND', fitting });
}

/** Whether a round takes anything in now (BHG-05, BHG-07). */
export function decideOpen({
  round,
  now,
}: Pick<KnownRound, 'round' | 'now'>): Result<
  'open',
  Extract<ApplicationRefusal, { kind: 'E_ROUND_NOT_OPEN' | 'E_DEADLINE' }>
> {
  if (!isChangeable(round.state, 'wishes')) return refuse({ kind: 'E_ROUND_NOT_OPEN' });
  const deadline = deadlineOf(round);
  return deadline === null || isInTime(now, deadline)
    ? accept('open')
    : refuse({ kind: 'E_DEADLINE', deadline });
}

/** What else becomes of an application. Whoever has a place gives it up, and that ends the application. */
export type ApplicationMove = 'complete' | 'withdraw' | 'place' | 'wait' | 'end';

const moves: Readonly<
  Record<ApplicationMove, { readonly from: readonly ApplicationState[]; readonly to: ApplicationState }>
> = {
  complete: { from: ['submitted'], to: 'complete' },
  // Also while the round is closed: it is frozen, and may be withdrawn all the same (BHG-07).
  withdraw: { from: ['draft', 'submitted', 'complete', 'waiting'], to: 'withdrawn' },
  place: { from: ['complete', 'waiting', 'placed'], to: 'placed' },
  wait: { from: ['complete'], to: 'waiting' },
  end: { from: ['complete', 'placed', 'waiting'], to: 'ended' },
};

/** Withdrawn by whoever applied, or by any guardian once that one is none any more (GUA-22). */
export function decideWithdrawal(
  application: Pick<Application, 'state'>,
  { isApplicant, isApplicantGone }: { readonly isApplicant: boolean; readonly isApplicantGone: boolean },
): Result<ApplicationState, ApplicationRefusal> {
  const decided = decideMove(application, 'withdraw');
  if (!decided.ok || application.state === 'draft' || isApplicant || isApplicantGone) return decided;
  return refuse({ kind: 'E_NOT_APPLICANT' });
}

export function decideMove(
  { state }: Pick<Application, 'state'>,
  move: ApplicationMove,
): Result<ApplicationState, ApplicationRefusal> {
  const { from, to } = moves[move];
  return from.includes(state) ? accept(to) : refuse({ kind: 'E_STATE', state });
}

/** How an application stands by what the child has by it: a place, something that it waits for or is offered, or nothing any more. */
export const standingBy = ({
  hasPlace,
  hasOffer,
  waits,
}: {
  readonly hasPlace: boolean;
  readonly hasOffer: boolean;
  readonly waits: boolean;
}): Extract<ApplicationState, 'placed' | 'waiting' | 'ended'> =>
  hasPlace ? 'placed' : hasOffer || waits ? 'waiting' : 'ended';
