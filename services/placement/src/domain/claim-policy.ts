import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { ApplicationFacts } from './application-policy.ts';
import { type Claim, type Desk, deskOf } from './claim.ts';
import { isCaseWorker, isResponsibleFor } from './policy.ts';

/** A claim, as far as it decides who sees it. */
export interface SeenClaim extends Pick<Claim, 'flag'> {
  readonly childId: string;
  readonly assignedTo: string | null;
}

/**
 * At which desks somebody of the staff sits for a claim: that of priority by law, where another one has named them for this very claim; all of them for
 * a protected child, who is a protection officer’s (BHG-09, ADR-04). Nobody for their own child (GUA-24).
 */
export function desksFor(actor: Actor, facts: ApplicationFacts, claim: SeenClaim): readonly Desk[] {
  const { childId, assignedTo } = claim;
  if (actor.kind !== 'staff' || facts.ownChildIds.includes(childId)) return [];
  if (facts.keptApart.includes(childId))
    return facts.municipalRoles.includes('PROTECTION_OFFICER') ? ['general', 'law18'] : [];
  if (!facts.municipalRoles.includes('CASE_WORKER')) return [];
  return assignedTo === actor.personId ? ['general', 'law18'] : ['general'];
}

/** The child's guardians, and whoever decides; of what says something of health or child welfare nobody else knows that it is claimed (P24). */
export const maySeeClaim = (actor: Actor, facts: ApplicationFacts, claim: SeenClaim): boolean =>
  isResponsibleFor(actor, facts, claim.childId) || desksFor(actor, facts, claim).includes(deskOf(claim.flag));

/** For anybody else there is no such claim (S-06). */
export function mayDecideClaim(
  actor: Actor,
  facts: ApplicationFacts,
  claim: SeenClaim,
): asserts actor is StaffActor {
  if (!desksFor(actor, facts, claim).includes(deskOf(claim.flag))) throw new AppError('NOT_FOUND');
}

/** Case workers name each other, and see nothing of what it is about; for anybody else there is no such claim (S-06). */
export function mayAssignClaims(actor: Actor, facts: ApplicationFacts): asserts actor is StaffActor {
  if (!isCaseWorker(actor, facts)) throw new AppError('NOT_FOUND');
}
