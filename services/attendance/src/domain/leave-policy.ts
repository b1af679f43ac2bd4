import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, isGuardianOf, isProtected, unitsInChargeOf } from '@ranselpost/kit/pure/grounds';
import type { Leave, LeaveDecider } from './leave.ts';

/** What is known besides of whoever asks: whose guardian they are themselves, in whichever capacity they ask. */
export interface LeaveFacts extends AccessFacts {
  readonly ownChildIds: readonly string[];
}

type Place = Pick<Leave, 'childId' | 'unitId'>;

/** Either guardian applies and objects (LEA-07); for anybody else there is no such child (S-06). */
export function mayAnswerForChild(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
): asserts actor is GuardianActor {
  if (!isGuardianOf(actor, facts, childId)) throw new AppError('NOT_FOUND');
}

/** Whoever applied withdraws, and nobody else's; any guardian does where the applicant is none any more (LEA-07). */
export const withdraws = ({ personId }: GuardianActor, applicantId: string | null): boolean =>
  applicantId === null || applicantId === personId;

/** As what somebody decides on leave of a child from a unit; null for whoever does not. Nobody on their own child's (GUA-24). */
export function decidesAs(actor: Actor, facts: LeaveFacts, { childId, unitId }: Place): LeaveDecider | null {
  if (facts.ownChildIds.includes(childId)) return null;
  const holds = (isHeld: (role: AccessFacts['roles'][number]) => boolean): boolean =>
    unitsInChargeOf(actor, { ...facts, roles: facts.roles.filter(isHeld) }, childId).includes(unitId);
  if (holds(({ role }) => role === 'LEADER')) return 'LEADER';
  return holds(({ role, groupId }) => role === 'CONTACT_TEACHER' && groupId !== null)
    ? 'CONTACT_TEACHER'
    : null;
}

/** Answers who decides, and as what. For anybody else there is no such leave. */
export function mayDecideLeave(
  actor: Actor,
  facts: LeaveFacts,
  leave: Place,
): { readonly as: LeaveDecider; readonly personId: string } {
  const as = decidesAs(actor, facts, leave);
  if (as === null || actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  return { as, personId: actor.personId };
}

/** That there is leave, and how it stands: for guardians and for those who decide, and for no other staff (LEA-09). */
export const maySeeLeave = (actor: Actor, facts: LeaveFacts, leave: Place): boolean =>
  isGuardianOf(actor, facts, leave.childId) || decidesAs(actor, facts, leave) !== null;

/** What was written about it is for whoever decides on this very leave (LEA-09). */
export function mayReadCase(
  actor: Actor,
  facts: LeaveFacts,
  leave: Pick<Leave, 'childId' | 'unitId' | 'decider'>,
): boolean {
  const as = decidesAs(actor, facts, leave);
  return as === 'LEADER' || (as !== null && as === leave.decider);
}

/**
 * That somebody has complained: for whoever did, for the leader, and for every other guardian but of a protected child, whose routines a
 * time would tell (ADM-05, ADR-11). What it says is for the first two.
 */
export const maySeeComplaint = (
  actor: Actor,
  facts: LeaveFacts,
  leave: Pick<Leave, 'childId' | 'unitId' | 'decider'>,
  complainedBy: string | null,
): boolean =>
  actor.kind === 'guardian'
    ? isGuardianOf(actor, facts, leave.childId) &&
      (complainedBy === actor.personId || !isProtected(facts, leave.childId))
    : mayReadCase(actor, facts, leave);

/** Staff who decide at the unit, on whichever child. */
export const decidesAt = (actor: Actor, facts: AccessFacts, unitId: string): actor is StaffActor =>
  actor.kind === 'staff' &&
  facts.roles.some(
    ({ role, groupId, ...held }) =>
      held.unitId === unitId &&
      held.from <= facts.today &&
      (held.to === null || facts.today < held.to) &&
      (role === 'LEADER' || (role === 'CONTACT_TEACHER' && groupId !== null)),
  );
