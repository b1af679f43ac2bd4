import type { Actor, GuardianActor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, isReadableAt } from '@ranselpost/kit/pure/features';
import {
  type AccessFacts,
  isGuardianOf,
  isProtected,
  rolesToday,
  unitsInChargeOf,
} from '@ranselpost/kit/pure/grounds';
import type { MeetingBooking, MeetingOffer, MeetingTime } from './meeting.ts';

/** Whoever holds talks with guardians; others in the group do not. */
const holders = new Set(['LEADER', 'CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN']);
const holdersAlone = (facts: AccessFacts): AccessFacts => ({
  ...facts,
  roles: facts.roles.filter(({ role }) => holders.has(role)),
});

/** Those of some children whom the actor may offer talks about at a unit. */
export const childrenToMeetAbout = (
  actor: Actor,
  facts: AccessFacts,
  unitId: string,
  childIds: readonly string[],
): readonly string[] =>
  childIds.filter((childId) => unitsInChargeOf(actor, holdersAlone(facts), childId).includes(unitId));

/** Also where one of the children is not theirs: it is as if there were no such child (S-06). */
export function mayPublishMeetings(
  actor: Actor,
  facts: AccessFacts,
  unitId: string,
  childIds: readonly string[],
): asserts actor is StaffActor {
  const theirs = childrenToMeetAbout(actor, facts, unitId, childIds);
  if (childIds.length === 0 || theirs.length < childIds.length) throw new AppError('NOT_FOUND');
}

/**
 * The children by whom an actor sees an offer: a guardian's own who are at the unit today, so that lost ground closes it at
 * once; for staff, those in their charge there.
 */
export const invitedFor = (
  actor: Actor,
  facts: AccessFacts,
  { unitId, childIds }: Pick<MeetingOffer, 'unitId' | 'childIds'>,
): readonly string[] =>
  childIds.filter((childId) =>
    actor.kind === 'guardian'
      ? isGuardianOf(actor, facts, childId) &&
        facts.enrolments.some(
          (place) =>
            place.childId === childId &&
            place.unitId === unitId &&
            isWithin(facts.today, place.from, place.to),
        )
      : unitsInChargeOf(actor, facts, childId).includes(unitId),
  );

/** For anybody but a guardian of an invited child there is no such time (GUA-20, S-06). */
export function mayBookMeeting(
  actor: Actor,
  facts: AccessFacts,
  offer: Pick<MeetingOffer, 'unitId' | 'childIds'>,
  childId: string,
): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian' || !invitedFor(actor, facts, offer).includes(childId))
    throw new AppError('NOT_FOUND');
}

/**
 * A child's talk is told to both its guardians (GUA-03); a guardian's own talk, and any of a protected child, to whoever booked
 * it: when somebody will be where is not the other's to know (ADR-11).
 */
export function maySeeMeeting(
  actor: Actor,
  facts: AccessFacts,
  { childId, unitId, bookedBy, party }: Pick<MeetingBooking, 'childId' | 'unitId' | 'bookedBy' | 'party'>,
): boolean {
  if (actor.kind !== 'guardian') return unitsInChargeOf(actor, facts, childId).includes(unitId);
  return (
    isGuardianOf(actor, facts, childId) &&
    (bookedBy === actor.personId || (party === childId && !isProtected(facts, childId)))
  );
}

export function mayChangeMeeting(
  actor: Actor,
  facts: AccessFacts,
  booking: MeetingBooking,
): asserts actor is GuardianActor {
  if (actor.kind !== 'guardian' || !maySeeMeeting(actor, facts, booking)) throw new AppError('NOT_FOUND');
}

/** Whoever holds it takes it back, while they hold talks at the unit, or the unit's leader does. */
export function mayWithdrawMeeting(
  actor: Actor,
  facts: AccessFacts,
  { heldBy, unitId }: Pick<MeetingTime, 'heldBy' | 'unitId'>,
): asserts actor is StaffActor {
  const roles = rolesToday(actor, facts).filter((role) => role.unitId === unitId && holders.has(role.role));
  const isLed = roles.some(({ role, groupId }) => role === 'LEADER' && groupId === null);
  const isOwn = actor.kind === 'staff' && heldBy === actor.personId && roles.length > 0;
  if (!isLed && !isOwn) throw new AppError('NOT_FOUND');
}

export const areMeetingsShownAt = (features: FeatureStandings, unitId: string): boolean =>
  isReadableAt(features, unitId);

/** The units whose times and events somebody sees of a child; null where there is no such child for them. */
export function unitsMeetingAbout(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
): readonly string[] | null {
  if (isGuardianOf(actor, facts, childId))
    return facts.enrolments
      .filter((place) => place.childId === childId && isWithin(facts.today, place.from, place.to))
      .map(({ unitId }) => unitId);
  const unitIds = unitsInChargeOf(actor, facts, childId);
  return unitIds.length === 0 ? null : unitIds;
}
