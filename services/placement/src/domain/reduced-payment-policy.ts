import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { ApplicationFacts } from './application-policy.ts';
import { isCaseWorker, isResponsibleFor } from './policy.ts';

/** An application to pay less, as far as it decides who sees it. */
export interface SeenReduction {
  readonly childId: string;
  readonly isOpen: boolean;
  readonly appliedBy: string | null;
  readonly assignedTo: string | null;
}

/** As what somebody sees it: `GUARDIAN` is any other than who applied, and is told nothing of what the household earns. */
export type ReductionSight = 'APPLICANT' | 'GUARDIAN' | 'CASE_WORKER' | 'PROTECTION_OFFICER';

/** Staff see it while it is theirs to decide, and nothing of it after; of a protected family each guardian sees their own (ADR-04, ADR-11). */
export function sightOfReduction(
  actor: Actor,
  facts: ApplicationFacts,
  { childId, isOpen, appliedBy, assignedTo }: SeenReduction,
): ReductionSight | null {
  const isApart = facts.keptApart.includes(childId);
  if (isResponsibleFor(actor, facts, childId)) {
    if (appliedBy === actor.personId) return 'APPLICANT';
    return isApart ? null : 'GUARDIAN';
  }
  if (actor.kind !== 'staff' || !isOpen || facts.ownChildIds.includes(childId)) return null;
  if (isApart) return facts.municipalRoles.includes('PROTECTION_OFFICER') ? 'PROTECTION_OFFICER' : null;
  return facts.municipalRoles.includes('CASE_WORKER') && assignedTo === actor.personId ? 'CASE_WORKER' : null;
}

/** Whether what a household earns is for whoever sees that it applied. */
export const isIncomeFor = (sight: ReductionSight): boolean => sight !== 'GUARDIAN';

/** For anybody else there is no such application (S-06). */
export function mayDecideReduction(
  actor: Actor,
  facts: ApplicationFacts,
  reduction: SeenReduction,
): asserts actor is StaffActor {
  const sight = sightOfReduction(actor, facts, reduction);
  if (sight !== 'CASE_WORKER' && sight !== 'PROTECTION_OFFICER') throw new AppError('NOT_FOUND');
}

/** Case workers name each other and see nothing of what it is about; for anybody else there is no such application (S-06). */
export function mayAssignReductions(actor: Actor, facts: ApplicationFacts): asserts actor is StaffActor {
  if (!isCaseWorker(actor, facts)) throw new AppError('NOT_FOUND');
}
