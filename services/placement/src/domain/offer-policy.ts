import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { ApplicationFacts } from './application-policy.ts';
import { isCaseWorker, isLeaderOf, isResponsibleFor } from './policy.ts';

/** As what somebody sees what a child is offered, what it has and what it waits for. */
export type OfferSight = 'GUARDIAN' | 'CASE_WORKER' | 'PROTECTION_OFFICER';

/** Null where there is no such child for the actor: their own is nobody's at work (GUA-24), and a protected one is for few (ADR-04). */
export function offerSightOf(actor: Actor, facts: ApplicationFacts, childId: string): OfferSight | null {
  if (isResponsibleFor(actor, facts, childId)) return 'GUARDIAN';
  if (actor.kind !== 'staff' || facts.ownChildIds.includes(childId)) return null;
  if (facts.keptApart.includes(childId))
    return facts.municipalRoles.includes('PROTECTION_OFFICER') ? 'PROTECTION_OFFICER' : null;
  return isCaseWorker(actor, facts) ? 'CASE_WORKER' : null;
}

/** Case workers decide on appeals, and protection officers on those about protected children (BHG-17, ADR-04). */
export const decidesOnAppeals = (actor: Actor, facts: ApplicationFacts): boolean =>
  actor.kind === 'staff' &&
  facts.municipalRoles.some((role) => role === 'CASE_WORKER' || role === 'PROTECTION_OFFICER');

/** A leader knows who is there and who comes, but for children whom few may know of. */
export const maySeePlaceAt = (
  actor: Actor,
  facts: ApplicationFacts,
  { childId, unitId }: { readonly childId: string; readonly unitId: string },
): boolean =>
  isLeaderOf(actor, facts, unitId) &&
  !facts.keptApart.includes(childId) &&
  !facts.ownChildIds.includes(childId);

/** Guardians with parental responsibility answer, and give up a place; for anybody else there is no such thing (BHG-12, S-20). */
export function mayAnswerFor(
  actor: Actor,
  facts: ApplicationFacts,
  childId: string,
): asserts actor is GuardianActor {
  if (!isResponsibleFor(actor, facts, childId)) throw new AppError('NOT_FOUND');
}

/** Case workers offer and take back; of a protected child a protection officer does (ADR-04). */
export function mayOfferTo(
  actor: Actor,
  facts: ApplicationFacts,
  childId: string,
): asserts actor is StaffActor {
  const sight = offerSightOf(actor, facts, childId);
  if (sight === null || sight === 'GUARDIAN') throw new AppError('NOT_FOUND');
}

/** Case workers decide on seats, and see how many are taken and who waits for them. */
export function mayChangeSeats(actor: Actor, facts: ApplicationFacts): asserts actor is StaffActor {
  if (!isCaseWorker(actor, facts)) throw new AppError('NOT_FOUND');
}

/** Seats are for case workers; those of a unit for its leader as well. */
export const maySeePool = (
  actor: Actor,
  facts: ApplicationFacts,
  { unitId }: { readonly unitId: string },
): boolean => isCaseWorker(actor, facts) || isLeaderOf(actor, facts, unitId);

/** Who waits, and in which order, is for case workers alone (BHG-20). */
export const maySeeList = isCaseWorker;
