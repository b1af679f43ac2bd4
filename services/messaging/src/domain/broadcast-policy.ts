import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, isReadableAt } from '@ranselpost/kit/pure/features';
import { type AccessFacts, isGuardianOf, rolesToday } from '@ranselpost/kit/pure/grounds';
import type { Broadcast } from './broadcast.ts';
import type { Place } from './place.ts';

type Role = Pick<AccessFacts['roles'][number], 'role' | 'unitId' | 'groupId'>;

const wholeUnit = new Set(['LEADER', 'ADMINISTRATOR', 'AFTER_SCHOOL', 'KINDERGARTEN']);
const ownGroup = new Set(['LEADER', 'CONTACT_TEACHER', 'TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN']);

/** Whether some roles are enough to speak to all guardians at a place: of the whole unit, or of one's own group. */
export const speaksAt = (roles: readonly Role[], { unitId, groupId }: Place): boolean =>
  roles.some(
    (held) =>
      held.unitId === unitId &&
      (held.groupId === null
        ? wholeUnit.has(held.role)
        : held.groupId === groupId && ownGroup.has(held.role)),
  );

/** For whoever may not speak everywhere they want to, there is no such place (S-06). */
export function mayBroadcast(
  actor: Actor,
  facts: AccessFacts,
  places: readonly Place[],
): asserts actor is StaffActor {
  const roles = rolesToday(actor, facts);
  if (places.length === 0 || !places.every((place) => speaksAt(roles, place)))
    throw new AppError('NOT_FOUND');
}

/** What goes out in quiet hours is for the leaders of all the units that are spoken to (MSG-15, M18). */
export const maySayUrgent = (actor: Actor, facts: AccessFacts, places: readonly Place[]): boolean => {
  const leading = rolesToday(actor, facts).filter(
    ({ role, groupId }) => role === 'LEADER' && groupId === null,
  );
  return places.every(({ unitId }) => leading.some((held) => held.unitId === unitId));
};

/** Recipients read what was sent, by a child whom they are a guardian of still; the unit's staff too; its author always. */
export function maySeeBroadcast(
  actor: Actor,
  facts: AccessFacts,
  features: FeatureStandings,
  { state, unitId, authorId, receivedBy }: Broadcast,
): boolean {
  if (!isReadableAt(features, unitId)) return false;
  const isOut = state === 'SENT' || state === 'WITHDRAWN';
  if (actor.kind === 'guardian')
    return isOut && (receivedBy ?? []).some((childId) => isGuardianOf(actor, facts, childId));
  const isStaffThere = rolesToday(actor, facts).some((role) => role.unitId === unitId);
  return isStaffThere && (isOut || ('personId' in actor && authorId === actor.personId));
}

/** Whom it went to, and how many have read it, is for whoever could have sent it. */
export const maySeeSending = (actor: Actor, facts: AccessFacts, { places }: Broadcast): boolean =>
  places.every((place) => speaksAt(rolesToday(actor, facts), place));

/** Its author takes it back, while they hold a role at the unit that spoke. For anybody else there is none. */
export function mayTakeBack(
  actor: Actor,
  facts: AccessFacts,
  broadcast: Broadcast,
): asserts actor is StaffActor {
  const isAuthor = actor.kind === 'staff' && broadcast.authorId === actor.personId;
  if (!isAuthor || !rolesToday(actor, facts).some(({ unitId }) => unitId === broadcast.unitId))
    throw new AppError('NOT_FOUND');
}
