import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Application, isLive } from './application.ts';
import { type PlacementFacts, isCaseWorker, isLeaderOf, isResponsibleFor } from './policy.ts';
import type { RoundState } from './round.ts';

/** What is known besides of whoever asks, and of some children. */
export interface ApplicationFacts extends PlacementFacts {
  /** Whose guardian they are themselves, in whichever capacity they ask. */
  readonly ownChildIds: readonly string[];
  /** The children among those asked about who are protected: seen to by hand, and by few (ADR-03, ADR-04). */
  readonly keptApart: readonly string[];
}

/** Case workers enter what came on paper (P26), but for protected children and for their own; for these there is no such child (ADR-04, GUA-24). */
export function mayEnterFor(
  actor: Actor,
  facts: ApplicationFacts,
  childId: string,
): asserts actor is StaffActor {
  const isBarred = facts.ownChildIds.includes(childId) || facts.keptApart.includes(childId);
  if (!isCaseWorker(actor, facts) || isBarred) throw new AppError('NOT_FOUND');
}

/** An application, as far as it decides who sees it. */
export interface SeenApplication extends Pick<Application, 'childId' | 'state'> {
  readonly writtenBy: string | null;
  readonly roundState: RoundState | null;
  readonly wishes: readonly { readonly kindergarten: string }[];
}

/** Guardians with parental responsibility apply; for anybody else there is no such child (BHG-04, S-06, S-20). */
export function mayApplyFor(
  actor: Actor,
  facts: PlacementFacts,
  childId: string,
): asserts actor is GuardianActor {
  if (!isResponsibleFor(actor, facts, childId)) throw new AppError('NOT_FOUND');
}

/** As what somebody sees an application. A leader sees what is wished of the own units, and nothing else of it. */
export type ApplicationSight =
  | { readonly as: 'GUARDIAN' }
  | { readonly as: 'CASE_WORKER' | 'PROTECTION_OFFICER' }
  | { readonly as: 'LEADER'; readonly unitIds: readonly string[] };

/** Null where there is no such application for the actor: what is drafted is nobody's but who writes it (BHG-05, GUA-22). */
export function sightOf(
  actor: Actor,
  facts: ApplicationFacts,
  application: SeenApplication,
): ApplicationSight | null {
  const { childId, state, writtenBy, wishes, roundState } = application;
  if (isResponsibleFor(actor, facts, childId))
    return state !== 'draft' || writtenBy === actor.personId ? { as: 'GUARDIAN' } : null;
  if (actor.kind !== 'staff' || state === 'draft' || facts.ownChildIds.includes(childId)) return null;
  if (facts.keptApart.includes(childId))
    return facts.municipalRoles.includes('PROTECTION_OFFICER') ? { as: 'PROTECTION_OFFICER' } : null;
  const isWithAdmission: boolean = isCaseWorker(actor, facts);
  if (isWithAdmission) return { as: 'CASE_WORKER' };
  const unitIds = wishes
    .map(({ kindergarten }) => kindergarten)
    .filter((unitId) => isLeaderOf(actor, facts, unitId));
  const isSettled = roundState !== null && roundState !== 'draft' && roundState !== 'open';
  return unitIds.length > 0 && isSettled && isLive(application) ? { as: 'LEADER', unitIds } : null;
}

/** Whoever lists what was sent to a round: all of it but of protected children, or of these alone. */
export const mayListApplications = (actor: Actor, facts: PlacementFacts): boolean =>
  actor.kind === 'staff' &&
  (facts.municipalRoles.includes('CASE_WORKER') || facts.municipalRoles.includes('PROTECTION_OFFICER'));

/** A brother or sister by whom a unit is wished for is a child of its own: not every guardian of the one is one of the other (GUA-13, GUA-20, ADR-04). */
export function maySeeSibling(
  actor: Actor,
  facts: ApplicationFacts,
  siblingId: string,
  { as }: ApplicationSight,
): boolean {
  switch (as) {
    case 'GUARDIAN':
      return isResponsibleFor(actor, facts, siblingId);
    case 'CASE_WORKER':
      return !facts.keptApart.includes(siblingId) && !facts.ownChildIds.includes(siblingId);
    case 'PROTECTION_OFFICER':
      return facts.keptApart.includes(siblingId) && !facts.ownChildIds.includes(siblingId);
    case 'LEADER':
      return false;
  }
}
