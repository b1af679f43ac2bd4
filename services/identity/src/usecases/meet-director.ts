import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Place, Unit } from '../domain/feature.ts';
import type { Capacity } from '../domain/decisions.ts';
import {
  type Director,
  type DirectorFacts,
  directorOf,
  isAdministrator,
  leadsAll,
} from '../domain/feature-policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as deciders from '../store/deciders.ts';
import { unitsOf } from '../store/feature-acts.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';
import type { Met } from './meet-case.ts';

export async function directorFacts(deps: Deps, tx: Tx, actor: Actor): Promise<DirectorFacts> {
  return {
    access: await loadAccessFacts(tx, actor, today(deps)),
    decider: 'personId' in actor ? await deciders.load(tx, actor.personId, []) : { municipal: [] },
  };
}

/** True for somebody who knows every unit: an administrator, and nobody of those who are only asked about often. */
export const knowsEveryUnit = async (deps: Deps, tx: Tx, actor: Actor): Promise<boolean> =>
  actor.kind === 'staff' && isAdministrator(actor, await directorFacts(deps, tx, actor));

/** Meets somebody who wants to direct a feature, and the units that the place names one by one. */
export async function meetDirector(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  place: Place,
): Promise<Director & { readonly units: readonly Unit[] }> {
  const director = directorOf(actor, await directorFacts(deps, tx, actor), place);
  return { ...director, units: await namedUnits(tx, place) };
}

/** One that does not exist, or is not the actor's, is none (S-06). */
export async function namedUnits(tx: Tx, place: Place): Promise<readonly Unit[]> {
  if (place.level !== 'UNIT') return [];
  const units = place.unitIds.every(isId) ? await unitsOf(tx, place.unitIds) : [];
  if (units.length !== place.unitIds.length) throw new AppError('NOT_FOUND');
  return units;
}

/** Meets a proposed reopening, as somebody who directs features where it is to be. */
export async function meetReopening(deps: Deps, tx: Tx, actor: Actor, place: Place): Promise<Met> {
  if (actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const capacities = await capacitiesAt(deps, tx, actor, place);
  if (capacities.length === 0) throw new AppError('NOT_FOUND');
  return { actor, capacities, protection: 'NONE', reads: [] };
}

/** In what capacities a member of staff directs features at a place today, if at all. */
export async function capacitiesAt(
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
  place: Place,
): Promise<readonly Capacity[]> {
  const facts = await directorFacts(deps, tx, actor);
  return [
    ...(isAdministrator(actor, facts) ? (['MUNICIPAL_ADMINISTRATOR'] as const) : []),
    ...(place.level === 'UNIT' && leadsAll(actor, facts.access, place.unitIds)
      ? (['LEADER_OF_UNIT'] as const)
      : []),
  ];
}
