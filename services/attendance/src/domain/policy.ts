import type { Actor, GuardianActor, PersonActor, StaffActor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, isReadableAt } from '@ranselpost/kit/pure/features';
import { type AccessFacts, isGuardianOf, rolesToday, unitsInChargeOf } from '@ranselpost/kit/pure/grounds';
import { type Absence, saysTheSame } from './absence.ts';

/**
 * Guardians report, and the staff of the unit on a guardian's word (ABS-02); for anybody else there is no such child, whatever the
 * reason (GUA-20, S-06). So do the same people take it back and correct it.
 */
export function mayReportAbsence(
  actor: Actor,
  facts: AccessFacts,
  { childId, unitId }: Pick<Absence, 'childId' | 'unitId'>,
): asserts actor is PersonActor {
  if (!isGuardianOf(actor, facts, childId) && !unitsInChargeOf(actor, facts, childId).includes(unitId))
    throw new AppError('NOT_FOUND');
}

/** Whoever is a guardian of the child has their own calendar of its days; for anybody else there is no such child (GUA-20). */
export const isGuardianHere = isGuardianOf;
export function mayHaveDaysFeed(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
): asserts actor is GuardianActor {
  if (!isGuardianHere(actor, facts, childId)) throw new AppError('NOT_FOUND');
}

/** Guardians are asked whether a child is still ill, and answer (T09); staff report on their word. */
export const isAskedAbout = isGuardianOf;
export function mayAnswerStillSick(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
): asserts actor is GuardianActor {
  if (!isAskedAbout(actor, facts, childId)) throw new AppError('NOT_FOUND');
}

/** The leader says when a unit is open; for anybody else there is no such unit (S-06). */
export function maySetCalendar(
  actor: Actor,
  facts: AccessFacts,
  unitId: string,
): asserts actor is StaffActor {
  const isLed = rolesToday(actor, facts).some(
    (held) => held.role === 'LEADER' && held.groupId === null && held.unitId === unitId,
  );
  if (!isLed) throw new AppError('NOT_FOUND');
}

/** At which units an actor sees that a child is away. */
export type Sight = { readonly kind: 'all' } | { readonly kind: 'at'; readonly unitIds: readonly string[] };

/** Null when there is no such child for the actor. Staff see their own unit: after-school not the school's (SFO-10). */
export function sightOf(actor: Actor, facts: AccessFacts, childId: string): Sight | null {
  if (isGuardianOf(actor, facts, childId)) return { kind: 'all' };
  const unitIds = unitsInChargeOf(actor, facts, childId);
  return unitIds.length === 0 ? null : { kind: 'at', unitIds };
}

/** The units that a list of a child's absences in a period can tell of, as far as the actor sees them. */
export function placesSeen(
  actor: Actor,
  facts: AccessFacts,
  {
    childId,
    from,
    to,
  }: { readonly childId: string; readonly from: LocalDate | null; readonly to: LocalDate | null },
): readonly string[] {
  const sight = sightOf(actor, facts, childId);
  return facts.enrolments
    .filter((place) => place.childId === childId && sight !== null)
    .filter(
      (place) => (to === null || place.from <= to) && (from === null || place.to === null || from < place.to),
    )
    .map(({ unitId }) => unitId)
    .filter((unitId) => sight?.kind === 'all' || sight?.unitIds.includes(unitId));
}

/** True for staff with a role at the unit today. */
export const mayListUnit = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  rolesToday(actor, facts).some((role) => role.unitId === unitId);

/** False where the municipality hides what has been reported (X07). That is no empty list: it could not be read (S-26). */
export const areShownAt = (features: FeatureStandings, unitIds: readonly string[]): boolean =>
  unitIds.every((unitId) => isReadableAt(features, unitId));

/** True when the actor may know that this child is away from this unit. */
export function maySeeAbsence(
  actor: Actor,
  facts: AccessFacts,
  { childId, unitId }: Pick<Absence, 'childId' | 'unitId'>,
): boolean {
  const sight = sightOf(actor, facts, childId);
  return sight !== null && (sight.kind === 'all' || sight.unitIds.includes(unitId));
}

/** The cause is health data: guardians and those in charge of the child at the unit read it, no other staff (ABS-04). */
export function maySeeCause(
  actor: Actor,
  facts: AccessFacts,
  { childId, unitId }: Pick<Absence, 'childId' | 'unitId'>,
): boolean {
  if (isGuardianOf(actor, facts, childId)) return true;
  const roles = facts.roles.filter(
    ({ role, groupId }) => readersOfCause.has(role) || (role === 'CONTACT_TEACHER' && groupId !== null),
  );
  return unitsInChargeOf(actor, { ...facts, roles }, childId).includes(unitId);
}

const readersOfCause = new Set(['LEADER', 'AFTER_SCHOOL', 'KINDERGARTEN']);

/**
 * The absence as the actor may see it; null when there is none for them. That somebody said something else of the same day is for staff
 * alone (ABS-14): guardians are not set against each other.
 */
export function shownTo(actor: Actor, facts: AccessFacts, absence: Absence): Absence | null {
  if (!maySeeAbsence(actor, facts, absence)) return null;
  if (!maySeeCause(actor, facts, absence)) return { ...absence, cause: null, repeats: [], changes: [] };
  const repeats = actor.kind === 'staff' ? absence.repeats.filter((one) => !saysTheSame(absence, one)) : [];
  return { ...absence, repeats, changes: actor.kind === 'staff' ? absence.changes : [] };
}
