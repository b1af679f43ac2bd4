import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import {
  type AccessFacts,
  alsoAtTablet,
  isGuardianOf,
  isProtected,
  regardlessOfProtection,
  rolesToday,
  unitsInChargeOf,
} from '@ranselpost/kit/pure/grounds';
import type { Capacity } from './decisions.ts';
import type { MunicipalRole } from './municipal-roles.ts';
import { type Protection, isHidden } from './protection.ts';

/** May it be, and by which rule it is or is not. */
export interface Decision {
  readonly isPermitted: boolean;
  readonly rule: string;
}

const permit = (rule: string): Decision => ({ isPermitted: true, rule });
const deny = (rule: string): Decision => ({ isPermitted: false, rule });

/**
 * A child is open to its guardians, and to staff who have it in their charge today: of a protected one, those who are named
 * for it (ADR-10). To nobody else (GUA-01, S-02).
 */
export function mayReadChild(actor: Actor, facts: AccessFacts, childId: string): Decision {
  if (isGuardianOf(actor, facts, childId)) return permit('GUA-01');
  if (unitsInChargeOf(actor, facts, childId).length > 0)
    return permit(isProtected(facts, childId) ? 'ADR-10' : 'S-02');
  return deny(actor.kind === 'staff' ? 'GUA-24' : 'GUA-01');
}

/**
 * What a child is called that admission considers is open to case workers, as no unit has it in its charge yet: not of one who is protected, nor of one
 * to whom they are or were a party, who is not among the considered (ADR-04, GUA-24). Nothing else of the child is.
 */
export function mayNameConsidered(
  actor: Actor,
  facts: Pick<AccessFacts, 'today'>,
  { municipal, considered }: ConsideredFacts,
  childId: string,
): Decision {
  const known = considered.find((one) => one.childId === childId);
  if (!rolesForAll(actor, municipal, facts.today).includes('CASE_WORKER')) return deny('S-02');
  if (known === undefined) return deny('GUA-24');
  return isHidden(known.protection) ? deny('ADR-04') : permit('S-02');
}

/** What a child is called on a board is open to whoever the child is, at a shared tablet too (T16). */
export const mayNameChild = (actor: Actor, facts: AccessFacts, childId: string): Decision =>
  mayReadChild(...alsoAtTablet(actor, facts), childId);

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
  if (rolesToday(...alsoAtTablet(actor, facts)).some((role) => role.unitId === unitId)) return permit('S-02');
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

/**
 * A list of a group's children is for staff: other children's names are nothing to a guardian. Who stands on it is whom they have
 * in their charge there today, and nobody is missing from it as far as it tells (ADR-05, S-02).
 */
export function mayListGroup(
  actor: Actor,
  facts: AccessFacts,
  group: { readonly groupId: string; readonly unitId: string },
): Decision {
  return actor.kind === 'staff' && mayReadGroup(actor, facts, group).isPermitted
    ? permit('S-02')
    : deny('ADR-05');
}

/** True for a child that is in the group today. Whether it may be shown is another question. */
export const isInGroupToday = (
  { today }: AccessFacts,
  { groupIds, from, to }: AccessFacts['enrolments'][number],
  groupId: string,
): boolean => groupIds.includes(groupId) && isWithin(today, from, to);

const ownPlaces = (actor: Actor, facts: AccessFacts): AccessFacts['enrolments'] =>
  facts.enrolments.filter(
    ({ childId, to }) => isGuardianOf(actor, facts, childId) && (to === null || facts.today < to),
  );

/** What is known of somebody who wants to decide, and of the children it is about. */
export interface DeciderFacts {
  readonly municipal: readonly {
    readonly role: MunicipalRole;
    readonly from: LocalDate;
    readonly to: LocalDate | null;
  }[];
  readonly cases: readonly {
    readonly childId: string;
    /** What has concerned the child since staff last released it. */
    readonly protection: Protection;
    readonly isRestricted: boolean;
    /** Something waits for staff: a work item or a proposal. */
    readonly hasOpen: boolean;
  }[];
}

/** What is known of somebody who works for the municipality, and of the children whom admission considers. */
export interface ConsideredFacts extends Pick<DeciderFacts, 'municipal'> {
  /** Without those to whom whoever asks is or was a party. */
  readonly considered: readonly { readonly childId: string; readonly protection: Protection }[];
}

/**
 * In what capacities somebody meets a child as one who decides about access to it (security § 2). A leader has the children
 * of the unit, the protected ones too: who handles the case has to know of it, and whom to propose to be named, but sees
 * nothing else of the child by that (ADR-04, ADR-10). A protection officer has those who are protected or restricted, a case
 * worker those with something open, and none who is protected. Nobody else meets one: there is no such child for them.
 */
export function capacitiesFor(
  actor: Actor,
  facts: AccessFacts,
  { municipal, cases }: DeciderFacts,
  childId: string,
): readonly Capacity[] {
  const known = cases.find((one) => one.childId === childId);
  if (known === undefined) return [];
  const holds = rolesForAll(actor, municipal, facts.today);
  const isProtected = isHidden(known.protection);
  const leads = facts.roles.filter(({ role, groupId }) => role === 'LEADER' && groupId === null);
  return [
    ...(unitsInChargeOf(actor, regardlessOfProtection({ ...facts, roles: leads }), childId).length > 0
      ? (['LEADER_IN_CHARGE'] as const)
      : []),
    ...(holds.includes('PROTECTION_OFFICER') && (isProtected || known.isRestricted)
      ? (['PROTECTION_OFFICER'] as const)
      : []),
    ...(holds.includes('CASE_WORKER') && !isProtected && (known.isRestricted || known.hasOpen)
      ? (['CASE_WORKER'] as const)
      : []),
  ];
}

/** The capacities that go with no child: of those who give roles in the municipality, and who look after its registers. */
export function capacitiesInMunicipality(
  actor: Actor,
  { municipal }: Pick<DeciderFacts, 'municipal'>,
  today: LocalDate,
): readonly Capacity[] {
  const holds = rolesForAll(actor, municipal, today);
  return (['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER', 'CASE_WORKER'] as const).filter((role) =>
    holds.includes(role),
  );
}

/** In what capacities somebody looks at what the register changed too much of at once (FREG-10). */
export function capacitiesInQuarantine(
  actor: Actor,
  { municipal }: Pick<DeciderFacts, 'municipal'>,
  today: LocalDate,
): readonly Capacity[] {
  const holds = rolesForAll(actor, municipal, today);
  return (['MUNICIPAL_ADMINISTRATOR', 'PROTECTION_OFFICER'] as const).filter((role) => holds.includes(role));
}

/** True for whoever has a part in deciding anything today: by a role for the municipality, or as a leader. */
export const mayDecide = (
  actor: Actor,
  facts: AccessFacts,
  { municipal }: Pick<DeciderFacts, 'municipal'>,
): boolean =>
  rolesForAll(actor, municipal, facts.today).some((role) => deciding.includes(role)) ||
  rolesToday(actor, facts).some(({ role, groupId }) => role === 'LEADER' && groupId === null);
const deciding: readonly MunicipalRole[] = [
  'CASE_WORKER',
  'PROTECTION_OFFICER',
  'MUNICIPAL_ADMINISTRATOR',
  'PRIVACY_OFFICER',
];

export const capacitiesAtUnit = (actor: Actor, facts: AccessFacts, unitId: string): readonly Capacity[] =>
  rolesToday(actor, facts).some(
    (role) => role.role === 'LEADER' && role.groupId === null && role.unitId === unitId,
  )
    ? ['LEADER_OF_UNIT']
    : [];

const rolesForAll = (
  actor: Actor,
  municipal: DeciderFacts['municipal'],
  today: LocalDate,
): readonly MunicipalRole[] =>
  actor.kind === 'staff'
    ? municipal.filter(({ from, to }) => isWithin(today, from, to)).map(({ role }) => role)
    : [];
