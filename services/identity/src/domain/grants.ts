import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type AdultFacts, type Derivation, type Hold, holdsAt, splitOf } from './guardianship.ts';
import { type Restriction, closes, isUnderCareOrder } from './restrictions.ts';

/** GUA-06. What is suspended can come back; what has ended cannot: a new start is a new grant. */
export type GrantState = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'ENDED';
export type Ground = 'PARENTAL_RESPONSIBILITY' | 'MANUAL';
/** What a grant by document rests on: GUA-05, GUA-15, GUA-16. */
export type Basis = 'DOCUMENTED_RESPONSIBILITY' | 'DAILY_CARER' | 'APPOINTED_GUARDIAN';

/** One adult's access to one child on one ground. */
export interface Grant {
  readonly grantId: string;
  readonly childId: string;
  readonly personId: string;
  readonly ground: Ground;
  /** Null for what the register says. */
  readonly basis: Basis | null;
  readonly state: GrantState;
  readonly holds: readonly Hold[];
  /** What staff have looked at and let pass. */
  readonly confirmedFor: readonly Hold[];
  /** The first day that the decision of staff behind it does not cover; null where it covers them all, or there is none. */
  readonly decidedUntil: LocalDate | null;
  /** What a grant by document rests on, and what let a held one through. */
  readonly decisionId: string | null;
  readonly confirmationId: string | null;
  /** The first day without access. Every reading compares it, so no job has to run for it to hold (GUA-14). */
  readonly endsOn: LocalDate | null;
}

/** Why a grant came to be open. */
export type Opening =
  | 'REGISTER_SAYS_SO'
  | 'CONFIRMED_BY_STAFF'
  | 'DOCUMENTED'
  | 'RENEWED'
  | 'RESTRICTION_LIFTED'
  | 'PROTECTION_RELEASED'
  | 'QUARANTINE_RELEASED';
type Ending =
  'NOT_RESPONSIBLE' | 'DIED' | 'CAME_OF_AGE' | 'MERGED' | 'RAN_OUT' | 'CARE_ORDER_LIFTED' | 'REPLACED';
export type ChangeReason = Hold | Opening | Ending;

/** A grant as it is to be from now on, where it comes from, and why. `from` is null for a new one. */
export interface GrantChange {
  readonly grant: Grant;
  readonly from: GrantState | null;
  readonly reason: ChangeReason;
}

export interface GrantContext {
  readonly today: LocalDate;
  readonly adults: ReadonlyMap<string, AdultFacts>;
  /** Those in force for the child. */
  readonly restrictions: readonly Restriction[];
  /** Why somebody the register does not name any more is out. */
  readonly whyGone: (personId: string) => 'DIED' | 'MERGED' | 'NOT_RESPONSIBLE';
  /** What stands in the history of a grant that opens. */
  readonly opening: Opening;
  /** What the register says opens nothing now: it has changed too much at once (FREG-10). */
  readonly isQuarantined: boolean;
  readonly newId: () => string;
}

/** What all that is known of a child changes in its grants. `known` are those that have not ended. */
export function decideGrants(
  childId: string,
  known: readonly Grant[],
  derivation: Derivation,
  context: GrantContext,
): readonly GrantChange[] {
  const { standings, endsOn } = derivation;
  const isOfAge = endsOn !== null && endsOn <= context.today;
  const changes = known.map((grant) => {
    if (isOfAge) return end(grant, 'CAME_OF_AGE');
    return grant.ground === 'MANUAL'
      ? decideDocumented(grant, derivation, context)
      : decideRegistered(grant, derivation, context);
  });
  const fresh = standings
    .filter(({ personId }) => !known.some((grant) => isOfRegister(grant) && grant.personId === personId))
    .map(({ personId, holds: derived }): GrantChange => {
      const grant = ofRegister(context.newId(), childId, personId, endsOn);
      const quarantined: readonly Hold[] = context.isQuarantined ? ['QUARANTINED'] : [];
      const holds = [...closedBy(context, grant), ...derived, ...quarantined];
      return {
        grant: { ...grant, state: holds.length === 0 ? 'ACTIVE' : 'PENDING', holds },
        from: null,
        reason: holds[0] ?? 'REGISTER_SAYS_SO',
      };
    });
  return [...changes.filter((change) => change !== undefined), ...fresh];
}

function decideRegistered(
  grant: Grant,
  { standings, inDoubt, isUnread, heldProtection, doubts, endsOn }: Derivation,
  context: GrantContext,
): GrantChange | undefined {
  const gone = context.whyGone(grant.personId);
  if (isUnread) return gone === 'NOT_RESPONSIBLE' ? wait(grant, context) : end(grant, gone);
  const standing = standings.find(({ personId }) => personId === grant.personId);
  if (standing !== undefined) return move(grant, standing.holds, endsOn, context);
  if (inDoubt.includes(grant.personId))
    return move(grant, ['UNCLEAR', ...doubts, ...holdsAt(heldProtection)], endsOn, context);
  return end(grant, gone);
}

/** A grant by document is not the register's to end, but it is not kept in spite of what the register says of the people. */
function decideDocumented(
  grant: Grant,
  { heldProtection, doubts, endsOn }: Derivation,
  context: GrantContext,
): GrantChange | undefined {
  const gone = context.whyGone(grant.personId);
  if (gone !== 'NOT_RESPONSIBLE') return end(grant, gone);
  if (hasRunOut(grant, context.today)) return end(grant, 'RAN_OUT');
  if (grant.basis === 'DAILY_CARER' && !isUnderCareOrder(context.restrictions))
    return end(grant, 'CARE_ORDER_LIFTED');
  const adult = context.adults.get(grant.personId);
  return move(
    grant,
    unique<Hold>([
      ...(adult?.isRead === true ? [] : (['AWAITING_REGISTER'] as const)),
      ...doubts,
      ...splitOf(adult),
      ...holdsAt(heldProtection),
    ]),
    endsOn,
    context,
  );
}

/** Whoever the register does not settle has this long with what staff decided instead, and then it is looked at anew (GUA-05). */
export const longestDecision = 90;
/** What a person's papers are proof of, and not the register. */
const timed: readonly Hold[] = ['D_NUMBER', 'FALSE_IDENTITY', 'BIRTH_DATE_MISSING', 'NOT_IN_REGISTER'];
export const isTimed = (hold: Hold): boolean => timed.includes(hold);

/**
 * Staff let a held grant through, for what holds it now and for nothing that comes later (ADR-04, ADR-13). Answers the grant
 * with what was let through; whether it opens is worked out with all else that is known of the child.
 */
export function decideConfirmation(
  grant: Grant,
  { confirmationId, today }: { readonly confirmationId: string; readonly today: LocalDate },
): Result<Grant, { kind: 'not-held' | 'cannot-be-let-through' }> {
  if (grant.state !== 'PENDING' && grant.state !== 'SUSPENDED') return refuse({ kind: 'not-held' });
  // What nobody knows yet and what is restricted is not for staff to let pass, and doubt needs a documented grant of its own.
  const never: readonly Hold[] = [
    'AWAITING_REGISTER',
    'REGISTER_UNREADABLE',
    'UNCLEAR',
    'RESTRICTED',
    'QUARANTINED',
  ];
  if (grant.holds.some((hold) => never.includes(hold))) return refuse({ kind: 'cannot-be-let-through' });
  const confirmedFor = unique([...grant.confirmedFor, ...grant.holds]);
  const until = grant.holds.some(isTimed) ? addDays(today, longestDecision) : null;
  const decidedUntil = until === null ? grant.decidedUntil : earliest(grant.decidedUntil, until);
  return accept({
    ...grant,
    confirmedFor,
    decidedUntil,
    confirmationId,
    endsOn: earliest(grant.endsOn, decidedUntil),
  });
}

/** Moves a grant to where its holds put it; undefined when nothing changes. */
function move(
  before: Grant,
  derived: readonly Hold[],
  majority: LocalDate | null,
  context: GrantContext,
): GrantChange | undefined {
  const all = unique<Hold>([...derived, ...keptBy(before)]);
  const confirmedFor = stillConfirmed(before, all, context.today);
  const decidedUntil = before.ground === 'MANUAL' || confirmedFor.some(isTimed) ? before.decidedUntil : null;
  const held = all.filter((hold) => !confirmedFor.includes(hold));
  const holds = unique<Hold>([...closedBy(context, before), ...held]);
  const next: Grant = {
    ...before,
    ...settle(before.state, isOfRegister(before) ? quarantine(holds, before, context) : holds),
    confirmedFor,
    decidedUntil,
    endsOn: earliest(majority, decidedUntil),
  };
  if (next.state === before.state && isSame(next, before)) return undefined;
  const reason =
    next.holds.find((hold) => !before.holds.includes(hold)) ?? next.holds[0] ?? holds[0] ?? context.opening;
  return { grant: next, from: before.state, reason };
}

/** A confirmation is for the hold it met: when that is gone, or its time is over, it is spent. */
function stillConfirmed(grant: Grant, derived: readonly Hold[], today: LocalDate): readonly Hold[] {
  const spent = (hold: Hold): boolean => isTimed(hold) && hasRunOut(grant, today);
  return derived.filter((hold) => isCovered(hold, grant.confirmedFor) && !spent(hold));
}

/** What was let through at the stricter level is so at the lesser, and from then on at that alone. */
const isCovered = (hold: Hold, confirmedFor: readonly Hold[]): boolean =>
  confirmedFor.includes(hold) ||
  (hold === 'PROTECTION_FORTROLIG' && confirmedFor.includes('PROTECTION_STRENGT_FORTROLIG'));

function settle(state: GrantState, holds: readonly Hold[]): Pick<Grant, 'state' | 'holds'> {
  if (holds.length === 0) return { state: 'ACTIVE', holds };
  // Whoever has access keeps it while a newcomer is being read (GUA-03); a new grant waits for that.
  if (state === 'ACTIVE' && holds.every((hold) => hold === 'AWAITING_REGISTER')) return { state, holds: [] };
  return { state: state === 'ACTIVE' ? 'SUSPENDED' : state, holds };
}

/** Holds a grant until the child has been read. What staff have confirmed stands: nobody knows that it is gone. */
function wait(before: Grant, context: GrantContext): GrantChange | undefined {
  const reason = 'AWAITING_REGISTER';
  const others = before.holds.filter(
    (hold) => hold !== 'RESTRICTED' && (hold !== 'QUARANTINED' || context.isQuarantined),
  );
  const holds = unique<Hold>([...closedBy(context, before), ...others, reason]);
  const state = before.state === 'ACTIVE' ? 'SUSPENDED' : before.state;
  const next: Grant = { ...before, state, holds };
  return isSame(next, before) ? undefined : { grant: next, from: before.state, reason };
}

/**
 * Takes away what had been taken away after the day that the database was restored to. It may have been the register or a
 * member of staff, and what they decided is forgotten: only staff give it back (S-27).
 */
export function decideLoss(grant: Grant): GrantChange {
  const reason = 'LOST_BEFORE_RESTORE';
  const confirmedFor = grant.confirmedFor.filter((hold) => hold !== reason);
  return {
    grant: { ...grant, state: 'SUSPENDED', holds: unique([...grant.holds, reason]), confirmedFor },
    from: grant.state,
    reason,
  };
}

/** What nothing that the register says later takes away. */
const lasting: readonly Hold[] = ['LOST_BEFORE_RESTORE', 'REFUSED'];
const keptBy = (grant: Grant): readonly Hold[] =>
  [...grant.holds, ...grant.confirmedFor].filter((hold) => lasting.includes(hold));

/**
 * Holds what would open by the register's word alone as long as that is in quarantine, and what was held stays so. What staff
 * open by name is theirs, and nothing that is open is closed by it.
 */
function quarantine(
  holds: readonly Hold[],
  before: Grant,
  { isQuarantined, opening }: GrantContext,
): readonly Hold[] {
  if (!isQuarantined || before.state === 'ACTIVE') return holds;
  const isHeld = before.holds.includes('QUARANTINED');
  return isHeld || (holds.length === 0 && opening === 'REGISTER_SAYS_SO')
    ? unique<Hold>([...holds, 'QUARANTINED'])
    : holds;
}

const end = (grant: Grant, reason: ChangeReason): GrantChange => ({
  grant: { ...grant, state: 'ENDED', holds: [] },
  from: grant.state,
  reason,
});

const ofRegister = (grantId: string, childId: string, personId: string, endsOn: LocalDate | null): Grant => ({
  grantId,
  childId,
  personId,
  ground: 'PARENTAL_RESPONSIBILITY',
  basis: null,
  state: 'PENDING',
  holds: [],
  confirmedFor: [],
  decidedUntil: null,
  decisionId: null,
  confirmationId: null,
  endsOn,
});

const closedBy = ({ restrictions }: GrantContext, grant: Grant): readonly Hold[] =>
  restrictions.some((restriction) => closes(restriction, grant)) ? ['RESTRICTED'] : [];

const hasRunOut = ({ decidedUntil }: Grant, today: LocalDate): boolean =>
  decidedUntil !== null && decidedUntil <= today;
/** The sooner of two days; null is never. */
export const earliest = (one: LocalDate | null, other: LocalDate | null): LocalDate | null =>
  one === null || (other !== null && other < one) ? other : one;

const isOfRegister = ({ ground }: Grant): boolean => ground === 'PARENTAL_RESPONSIBILITY';
const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];
const isSame = (one: Grant, other: Grant): boolean =>
  one.endsOn === other.endsOn &&
  one.decidedUntil === other.decidedUntil &&
  sameSet(one.holds, other.holds) &&
  sameSet(one.confirmedFor, other.confirmedFor);
const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value));
