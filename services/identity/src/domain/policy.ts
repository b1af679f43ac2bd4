import type { Actor } from '@ranselpost/kit/pure/actor';
import { type AccessFacts, isGuardianOf, rolesToday, unitsInChargeOf } from '@ranselpost/kit/pure/grounds';
import { type Protection, isHidden } from './protection.ts';

/** May it be, and by which rule it is or is not. */
export interface Decision {
  readonly isPermitted: boolean;
  readonly rule: string;
}

const permit = (rule: string): Decision => ({ isPermitted: true, rule });
const deny = (rule: string): Decision => ({ isPermitted: false, rule });

/** A child is open to its guardians, and to staff who have it in their charge today. To nobody else (GUA-01, S-02). */
export function mayReadChild(actor: Actor, facts: AccessFacts, childId: string): Decision {
  if (isGuardianOf(actor, facts, childId)) return permit('GUA-01');
  if (unitsInChargeOf(actor, facts, childId).length > 0) return permit('S-02');
  return deny(actor.kind === 'staff' ? 'GUA-24' : 'GUA-01');
}

/** Guardians see every place of their child; staff those at units where they have it in charge (SFO-10 and its like). */
export function mayReadEnrolment(
  actor: Actor,
  facts: AccessFacts,
  enrolment: { readonly childId: string; readonly unitId: string },
): Decision {
  if (isGuardianOf(actor, facts, enrolment.childId)) return permit('GUA-03');
  return unitsInChargeOf(actor, facts, enrolment.childId).includes(enrolment.unitId)
    ? permit('S-02')
    : deny('S-02');
}

/**
 * Staff in charge see who a child's guardians are. A guardian sees the others, but not one whose address is protected:
 * that one is left out as if there were nobody (ADR-11, ADR-19). Held guardians have no active grant and are not asked
 * about here (ADR-04).
 */
export function mayKnowGuardian(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
  guardian: { readonly personId: string; readonly protection: Protection },
): Decision {
  if (!isGuardianOf(actor, facts, childId))
    return unitsInChargeOf(actor, facts, childId).length > 0 ? permit('S-02') : deny('GUA-01');
  if ('personId' in actor && actor.personId === guardian.personId) return permit('GUA-01');
  return isHidden(guardian.protection) ? deny('ADR-19') : permit('GUA-03');
}

/** A unit's name can tell where a child is: it is open to guardians with a child there, now or soon, and to its staff (ADR-04). */
export function mayReadUnit(actor: Actor, facts: AccessFacts, unitId: string): Decision {
  if (rolesToday(actor, facts).some((role) => role.unitId === unitId)) return permit('S-02');
  return ownPlaces(actor, facts).some((enrolment) => enrolment.unitId === unitId)
    ? permit('GUA-03')
    : deny('ADR-04');
}

/** A group is open to guardians with a child in it, and to staff of the whole unit, of the group, or with a child of it. */
export function mayReadGroup(
  actor: Actor,
  facts: AccessFacts,
  group: { readonly groupId: string; readonly unitId: string },
): Decision {
  const isTheirs = rolesToday(actor, facts).some(
    (role) => role.unitId === group.unitId && (role.groupId === null || role.groupId === group.groupId),
  );
  const isOfACharge = facts.enrolments.some(
    (enrolment) =>
      enrolment.unitId === group.unitId &&
      enrolment.groupIds.includes(group.groupId) &&
      unitsInChargeOf(actor, { ...facts, enrolments: [enrolment] }, enrolment.childId).includes(group.unitId),
  );
  if (isTheirs || isOfACharge) return permit('S-02');
  return ownPlaces(actor, facts).some(({ groupIds }) => groupIds.includes(group.groupId))
    ? permit('GUA-03')
    : deny('ADR-04');
}

const ownPlaces = (actor: Actor, facts: AccessFacts): AccessFacts['enrolments'] =>
  facts.enrolments.filter(
    ({ childId, to }) => isGuardianOf(actor, facts, childId) && (to === null || facts.today < to),
  );
