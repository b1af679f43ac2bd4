import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, isGuardianOf, rolesToday } from '@ranselpost/kit/pure/grounds';

/** What a policy of placement needs to know beside the grounds that every service asks for. */
export interface PlacementFacts extends AccessFacts {
  /** What the actor is for the municipality today, signed in as staff. */
  readonly municipalRoles: readonly string[];
  /** The children among those asked about for whom the actor holds parental responsibility. */
  readonly responsibleFor: readonly string[];
}

/** True for whoever handles admission for the whole municipality. */
export const isCaseWorker = (actor: Actor, facts: PlacementFacts): actor is StaffActor =>
  actor.kind === 'staff' && facts.municipalRoles.includes('CASE_WORKER');

/** True for whoever leads the whole unit today. */
export const isLeaderOf = (actor: Actor, facts: AccessFacts, unitId: string): actor is StaffActor =>
  rolesToday(actor, facts).some(
    (held) => held.role === 'LEADER' && held.groupId === null && held.unitId === unitId,
  );

/** True for a guardian who holds parental responsibility: they alone apply, answer and appeal for the child (BHG-04, S-20). */
export const isResponsibleFor = (
  actor: Actor,
  facts: PlacementFacts,
  childId: string,
): actor is GuardianActor => isGuardianOf(actor, facts, childId) && facts.responsibleFor.includes(childId);

/** A part of this lock too, which its tests take off as a whole. */
export { isPerson } from '@ranselpost/kit/pure/actor';

/** The owner of a private unit adopts its statutes, by whoever leads it; case workers those of all others (P08, BHG-11). For anybody else there is no such unit (S-06). */
export function mayAdoptStatutes(
  actor: Actor,
  facts: PlacementFacts,
  { unitId, isPrivate }: { readonly unitId: string; readonly isPrivate: boolean },
): asserts actor is StaffActor {
  const may: boolean = isPrivate ? isLeaderOf(actor, facts, unitId) : isCaseWorker(actor, facts);
  if (!may) throw new AppError('NOT_FOUND');
}

/** All versions are for case workers and for the unit's leader. */
export const mayReadStatutes = (actor: Actor, facts: PlacementFacts, unitId: string): boolean =>
  isCaseWorker(actor, facts) || isLeaderOf(actor, facts, unitId);
