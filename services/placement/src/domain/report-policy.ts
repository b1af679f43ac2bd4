import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { rolesToday } from '@ranselpost/kit/pure/grounds';
import { type PlacementFacts, isCaseWorker, isLeaderOf } from './policy.ts';

/** Case workers bill, and protection officers for protected children (ADR-04); for anybody else there is no such file (S-06). */
export function mayBill(actor: Actor, facts: PlacementFacts): asserts actor is StaffActor {
  const isBilling =
    actor.kind === 'staff' &&
    (facts.municipalRoles.includes('CASE_WORKER') || facts.municipalRoles.includes('PROTECTION_OFFICER'));
  if (!isBilling) throw new AppError('NOT_FOUND');
}

/** Numbers of units are for case workers, and of their own for its leader (BHG-25). */
export const maySeeOccupancy = (actor: Actor, facts: PlacementFacts, unitId: string): boolean =>
  isCaseWorker(actor, facts) || isLeaderOf(actor, facts, unitId);

/** Of which units somebody is told how they stand. */
export function unitsOfReport(actor: Actor, facts: PlacementFacts): 'all' | 'none' | readonly string[] {
  const isMunicipal: boolean = isCaseWorker(actor, facts);
  if (isMunicipal) return 'all';
  const units = rolesToday(actor, facts)
    .map(({ unitId }) => unitId)
    .filter((unitId) => isLeaderOf(actor, facts, unitId));
  return units.length === 0 ? 'none' : [...new Set(units)];
}
