import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { PlacementFacts } from './policy.ts';

/** Case workers bill, and protection officers for protected children (ADR-04); for anybody else there is no such file (S-06). */
export function mayBill(actor: Actor, facts: PlacementFacts): asserts actor is StaffActor {
  const isBilling =
    actor.kind === 'staff' &&
    (facts.municipalRoles.includes('CASE_WORKER') || facts.municipalRoles.includes('PROTECTION_OFFICER'));
  if (!isBilling) throw new AppError('NOT_FOUND');
}
