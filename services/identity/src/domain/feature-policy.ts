import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import type { Place, Power } from './feature.ts';
import { type DeciderFacts, capacitiesAtUnit, capacitiesInMunicipality } from './policy.ts';

/** What is known of the roles of whoever directs features. */
export interface DirectorFacts {
  readonly access: AccessFacts;
  readonly decider: Pick<DeciderFacts, 'municipal'>;
}

/** Somebody who may state something of features at a place, and by virtue of what. */
export interface Director {
  readonly actor: StaffActor;
  readonly power: Power;
}

/** True for somebody who administers the municipality today, signed in as staff (GUA-24). */
export const isAdministrator = (actor: Actor, { access, decider }: DirectorFacts): boolean =>
  capacitiesInMunicipality(actor, decider, access.today).includes('MUNICIPAL_ADMINISTRATOR');

/**
 * Administrators direct features everywhere, leaders at their own units. A unit that is not theirs is for everybody else
 * as if it were none (S-06).
 */
export function directorOf(actor: Actor, facts: DirectorFacts, place: Place): Director {
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN');
  if (isAdministrator(actor, facts)) return { actor, power: 'MUNICIPAL_ADMINISTRATOR' };
  if (place.level !== 'UNIT') throw new AppError('FORBIDDEN');
  if (!leadsAll(actor, facts.access, place.unitIds)) throw new AppError('NOT_FOUND');
  return { actor, power: 'LEADER' };
}

/** True for a leader of all of some units today. */
export const leadsAll = (actor: Actor, facts: AccessFacts, unitIds: readonly string[]): boolean =>
  unitIds.every((unitId) => capacitiesAtUnit(actor, facts, unitId).includes('LEADER_OF_UNIT'));

/** The whole of it, with what was stated by whom and why, is the administrators' alone. */
export function mayOverseeFeatures(actor: Actor, facts: DirectorFacts): void {
  if (!isAdministrator(actor, facts)) throw new AppError('FORBIDDEN');
}
