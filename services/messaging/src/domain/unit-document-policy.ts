import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, isReadableAt } from '@ranselpost/kit/pure/features';
import { type AccessFacts, rolesToday } from '@ranselpost/kit/pure/grounds';
import { speaksAt } from './broadcast-policy.ts';
import { childrenAt, ownPlaces, staffUnits } from './news-policy.ts';
import { fromPlaceKey } from './place.ts';
import type { UnitDocument } from './unit-document.ts';

type Where = Pick<UnitDocument, 'unitId' | 'places'>;

/** Guardians of a child who is at one of its places, or starts there soon, and the unit's staff (MSG-18). */
export const maySeeDocument = (
  actor: Actor,
  facts: AccessFacts,
  features: FeatureStandings,
  { unitId, places }: Where,
): boolean =>
  isReadableAt(features, unitId) &&
  (actor.kind === 'guardian'
    ? childrenAt(actor, facts, places).length > 0
    : staffUnits(actor, facts).includes(unitId));

/** A document is the unit's and not its author's: whoever may speak at all of its places keeps it up to date. */
export const mayReviseAt = (actor: Actor, facts: AccessFacts, { places }: Where): boolean =>
  actor.kind === 'staff' && places.every((place) => speaksAt(rolesToday(actor, facts), place));

/** For anybody else there is no such document. */
export function mayRevise(
  actor: Actor,
  facts: AccessFacts,
  document: Where | undefined,
): asserts actor is StaffActor {
  if (document === undefined || !mayReviseAt(actor, facts, document)) throw new AppError('NOT_FOUND');
}

/** Whether there is such a unit for somebody: one where their child is, or starts soon, or where they work. */
export const mayListDocuments = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  staffUnits(actor, facts).includes(unitId) ||
  ownPlaces(actor, facts).some((key) => fromPlaceKey(key).unitId === unitId);
