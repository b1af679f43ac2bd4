import type { Actor, GuardianActor, StaffActor, TabletActor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import {
  type AccessFacts,
  alsoAtTablet,
  isGuardianOf,
  rolesToday,
  unitsInChargeOf,
} from '@ranselpost/kit/pure/grounds';
import { mayListUnit } from './policy.ts';

/** Whoever is with the children, a substitute by the role they stand in; the office is not (rules § 11, security § 2). */
const markers: ReadonlySet<string> = new Set([
  ...['LEADER', 'CONTACT_TEACHER', 'TEACHER', 'ASSISTANT'],
  ...['AFTER_SCHOOL', 'KINDERGARTEN'],
]);
const markersAlone = (facts: AccessFacts): AccessFacts => ({
  ...facts,
  roles: facts.roles.filter(({ role }) => markers.has(role)),
});

/** For whoever is with no children at the unit, there is no such unit (S-06). */
export function mayMarkAt(
  actor: Actor,
  facts: AccessFacts,
  unitId: string,
): asserts actor is StaffActor | TabletActor {
  if (!rolesToday(...alsoAtTablet(actor, markersAlone(facts))).some((role) => role.unitId === unitId))
    throw new AppError('NOT_FOUND');
}

/** True for a group that whoever is with children at the unit can be with: that of their role, or any of the unit's with children they mark. */
export function mayBeWith(actor: Actor, facts: AccessFacts, unitId: string, groupId: string | null): boolean {
  const [who, known] = alsoAtTablet(actor, markersAlone(facts));
  const roles = rolesToday(who, known).filter((role) => role.unitId === unitId);
  return (
    groupId === null ||
    roles.some((role) => role.groupId === groupId) ||
    (roles.some((role) => role.groupId === null) &&
      facts.enrolments.some(
        (place) =>
          place.unitId === unitId &&
          place.groupIds.includes(groupId) &&
          mayRegister(actor, facts, unitId, place.childId),
      ))
  );
}

/** The groups of a unit that staff have in their charge today, of one or of all; null: the whole unit. */
export function groupsInCharge(
  actor: Actor,
  facts: AccessFacts,
  { unitId, groupId }: { readonly unitId: string; readonly groupId: string | null },
): readonly string[] | null {
  const roles = rolesToday(...alsoAtTablet(actor, facts)).filter((role) => role.unitId === unitId);
  if (roles.some((role) => role.groupId === null)) return groupId === null ? null : [groupId];
  return roles
    .flatMap((role) => (role.groupId === null ? [] : [role.groupId]))
    .filter((one) => groupId === null || one === groupId);
}

/** True for whoever has the child in their charge at the unit, by a role that is with the children. */
export const mayMark = (actor: Actor, facts: AccessFacts, unitId: string, childId: string): boolean =>
  unitsInChargeOf(actor, markersAlone(facts), childId).includes(unitId);

/** The same, and at the unit's shared tablet too: of all that marking opens, there is the marking itself (T16). */
export const mayRegister = (actor: Actor, facts: AccessFacts, unitId: string, childId: string): boolean =>
  mayMark(...alsoAtTablet(actor, facts), unitId, childId);

/** At a shared tablet there is today: a PIN opens neither what was nor what will be, to see it or to mark it. */
export const isTheirDay = (actor: Actor, { today }: Pick<AccessFacts, 'today'>, day: LocalDate): boolean =>
  actor.kind !== 'tablet' || day === today;

/** True for staff with a role at the unit today, at its shared tablet too. */
export const maySeeBoard = (actor: Actor, facts: AccessFacts, unitId: string, day: LocalDate): boolean =>
  isTheirDay(actor, facts, day) && mayListUnit(...alsoAtTablet(actor, facts), unitId);

/** True for whoever has the child in their charge at the unit, by whichever role: the office too. */
export const maySeeMarks = (actor: Actor, facts: AccessFacts, unitId: string, childId: string): boolean =>
  unitsInChargeOf(...alsoAtTablet(actor, facts), childId).includes(unitId);

/** The unit's leader, and whoever leads the child's group, sees who has marked what and what stood before. */
export const maySeeTrace = (actor: Actor, facts: AccessFacts, unitId: string, childId: string): boolean =>
  unitsInChargeOf(
    actor,
    { ...facts, roles: facts.roles.filter(({ role }) => role === 'LEADER') },
    childId,
  ).includes(unitId);

/** A guardian's own child, or one who is in the charge of staff who are with children; for anybody else there is none (S-06). */
export function maySetStay(
  actor: Actor,
  facts: AccessFacts,
  unitId: string,
  childId: string,
): asserts actor is StaffActor | GuardianActor {
  if (!isGuardianOf(actor, facts, childId) && !mayMark(actor, facts, unitId, childId))
    throw new AppError('NOT_FOUND');
}

/** Home is told of its child's trips; staff see them at the unit. */
export const isGuardianIn = (actor: Actor, facts: AccessFacts, childId: string): boolean =>
  isGuardianOf(actor, facts, childId);

/** For whoever does not lead the whole unit, there is no such unit. */
export function mayLead(actor: Actor, facts: AccessFacts, unitId: string): asserts actor is StaffActor {
  const leads = rolesToday(actor, facts).some(
    (role) => role.unitId === unitId && role.groupId === null && role.role === 'LEADER',
  );
  if (!leads) throw new AppError('NOT_FOUND');
}

/** The leader and the office arrange the unit's days. */
export function mayArrange(actor: Actor, facts: AccessFacts, unitId: string): asserts actor is StaffActor {
  const arranges = rolesToday(actor, facts).some(
    (role) =>
      role.unitId === unitId &&
      role.groupId === null &&
      (role.role === 'LEADER' || role.role === 'ADMINISTRATOR'),
  );
  if (!arranges) throw new AppError('NOT_FOUND');
}
