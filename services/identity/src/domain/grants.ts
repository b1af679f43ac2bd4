import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Derivation, Hold, Problem } from './guardianship.ts';

/** GUA-06. What is suspended can come back; what has ended cannot: a new start is a new grant. */
export type GrantState = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'ENDED';
export type Ground = 'PARENTAL_RESPONSIBILITY' | 'MANUAL';

/** One adult's access to one child on one ground. */
export interface Grant {
  readonly grantId: string;
  readonly childId: string;
  readonly personId: string;
  readonly ground: Ground;
  readonly state: GrantState;
  readonly holds: readonly Hold[];
  /** What staff have looked at and let pass. */
  readonly confirmedFor: readonly Hold[];
  /** The first day without access. Every reading compares it, so no job has to run for it to hold (GUA-14). */
  readonly endsOn: LocalDate | null;
}

export type ChangeReason =
  Hold | 'REGISTER_SAYS_SO' | 'NOT_RESPONSIBLE' | 'DIED' | 'CAME_OF_AGE' | 'MERGED' | 'CONFIRMED_BY_STAFF';

/** A grant as it is to be from now on, where it comes from, and why. `from` is null for a new one. */
export interface GrantChange {
  readonly grant: Grant;
  readonly from: GrantState | null;
  readonly reason: ChangeReason;
}

/** What the register's word changes in the grants of one child. `known` are those that have not ended. */
export function decideGrants(
  childId: string,
  known: readonly Grant[],
  derivation: Derivation,
  context: {
    readonly today: LocalDate;
    /** Why somebody the register does not name any more is out. */
    readonly whyGone: (personId: string) => 'DIED' | 'MERGED' | 'NOT_RESPONSIBLE';
    readonly newId: () => string;
  },
): readonly GrantChange[] {
  const { standings, inDoubt, isUnread, endsOn } = derivation;
  const isOfAge = endsOn !== null && endsOn <= context.today;
  const changes = known.map((grant): GrantChange | undefined => {
    if (isOfAge) return end(grant, 'CAME_OF_AGE');
    const gone = context.whyGone(grant.personId);
    if (grant.ground === 'MANUAL')
      return gone === 'NOT_RESPONSIBLE' ? dated(grant, endsOn) : end(grant, gone);
    if (isUnread) return gone === 'NOT_RESPONSIBLE' ? wait(grant) : end(grant, gone);
    const standing = standings.find(({ personId }) => personId === grant.personId);
    if (standing !== undefined) return move({ ...grant, endsOn }, grant, standing.holds);
    if (inDoubt.includes(grant.personId)) return move({ ...grant, endsOn }, grant, ['UNCLEAR']);
    return end(grant, gone);
  });
  const fresh = standings
    .filter(({ personId }) => !known.some((grant) => isOfRegister(grant) && grant.personId === personId))
    .map(({ personId, holds }): GrantChange => {
      const grant: Grant = {
        grantId: context.newId(),
        childId,
        personId,
        ground: 'PARENTAL_RESPONSIBILITY',
        state: holds.length === 0 ? 'ACTIVE' : 'PENDING',
        holds,
        confirmedFor: [],
        endsOn,
      };
      return { grant, from: null, reason: holds[0] ?? 'REGISTER_SAYS_SO' };
    });
  return [...changes.filter((change) => change !== undefined), ...fresh];
}

/** Staff let a held grant through, for what holds it now and for nothing that comes later (ADR-04, ADR-13). */
export function decideConfirmation(
  grant: Grant,
): Result<GrantChange, { kind: 'not-held' | 'cannot-be-let-through' }> {
  if (grant.state !== 'PENDING' && grant.state !== 'SUSPENDED') return refuse({ kind: 'not-held' });
  // What nobody knows yet is not for staff to let pass, and entries in doubt need a documented grant of their own.
  if (grant.holds.some((hold) => hold === 'AWAITING_REGISTER' || hold === 'UNCLEAR'))
    return refuse({ kind: 'cannot-be-let-through' });
  return accept({
    grant: {
      ...grant,
      state: 'ACTIVE',
      holds: [],
      confirmedFor: unique([...grant.confirmedFor, ...grant.holds]),
    },
    from: grant.state,
    reason: 'CONFIRMED_BY_STAFF',
  });
}

/** What staff have to look at after all changes: what the register left open, and what holds a grant. */
export function openProblems(derivation: Derivation, grants: readonly Grant[]): readonly Problem[] {
  const holds = grants.filter(({ state }) => state !== 'ENDED').flatMap((grant) => grant.holds);
  return unique([
    ...derivation.problems,
    ...holds.filter((hold) => hold !== 'AWAITING_REGISTER' && hold !== 'UNCLEAR'),
  ]);
}

/** Moves a grant to where its holds put it; undefined when nothing changes. */
function move(grant: Grant, before: Grant, derived: readonly Hold[]): GrantChange | undefined {
  // A confirmation is for the hold it met: when that is gone, it is spent.
  const confirmedFor = grant.confirmedFor.filter((hold) => derived.includes(hold));
  // Protection that is lifted re-exposes nothing by itself (ADR-13).
  const lasting = grant.holds.filter((hold) => hold === 'PROTECTION');
  const holds = unique([...derived, ...lasting]).filter((hold) => !confirmedFor.includes(hold));
  const next = { ...grant, confirmedFor, ...settle(grant.state, holds) };
  if (next.state !== before.state)
    return { grant: next, from: before.state, reason: next.holds[0] ?? 'REGISTER_SAYS_SO' };
  return isSame(next, before) ? undefined : { grant: next, from: before.state, reason: 'REGISTER_SAYS_SO' };
}

function settle(state: GrantState, holds: readonly Hold[]): Pick<Grant, 'state' | 'holds'> {
  if (holds.length === 0) return { state: 'ACTIVE', holds };
  // Whoever has access keeps it while a newcomer is being read (GUA-03); a new grant waits for that.
  if (state === 'ACTIVE' && holds.every((hold) => hold === 'AWAITING_REGISTER')) return { state, holds: [] };
  return { state: state === 'ACTIVE' ? 'SUSPENDED' : state, holds };
}

/** Holds a grant until the child has been read. What staff have confirmed stands: nobody knows that it is gone. */
function wait(grant: Grant): GrantChange | undefined {
  const reason = 'AWAITING_REGISTER';
  if (grant.holds.includes(reason)) return undefined;
  const state = grant.state === 'ACTIVE' ? 'SUSPENDED' : grant.state;
  return { grant: { ...grant, state, holds: [...grant.holds, reason] }, from: grant.state, reason };
}

const end = (grant: Grant, reason: ChangeReason): GrantChange => ({
  grant: { ...grant, state: 'ENDED', holds: [] },
  from: grant.state,
  reason,
});

const dated = (grant: Grant, endsOn: LocalDate | null): GrantChange | undefined =>
  grant.endsOn === endsOn || endsOn === null || (grant.endsOn !== null && grant.endsOn < endsOn)
    ? undefined
    : { grant: { ...grant, endsOn }, from: grant.state, reason: 'REGISTER_SAYS_SO' };

const isOfRegister = ({ ground }: Grant): boolean => ground === 'PARENTAL_RESPONSIBILITY';
const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];
const isSame = (one: Grant, other: Grant): boolean =>
  one.endsOn === other.endsOn &&
  sameSet(one.holds, other.holds) &&
  sameSet(one.confirmedFor, other.confirmedFor);
const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value));
