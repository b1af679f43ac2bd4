import type { Actor } from '@ranselpost/kit/pure/actor';
import { type AccessFacts, isGuardianOf, rolesToday } from '@ranselpost/kit/pure/grounds';
import type { Capacity } from './decisions.ts';
import { type Protection, isHidden } from './protection.ts';

/** In what capacity somebody is told who can see a child, and who did. */
export type Standing = 'guardian' | 'auditor';

/** What is known of somebody who wants to look at the access to children in general. */
export interface AuditFacts {
  readonly capacities: readonly Capacity[];
  /** Those of the children asked about that there are, and whether the case of one may be about the actor. */
  readonly children: readonly { readonly childId: string; readonly isOwnCase: boolean }[];
}

/**
 * Guardians are told who can see their child, and who did (GUA-25, V04). So is the privacy officer, of any child but their
 * own (GUA-24). Nobody else is, staff in charge as little as strangers.
 */
export function standingTowards(
  actor: Actor,
  facts: AccessFacts,
  audit: AuditFacts,
  childId: string,
): Standing | null {
  if (isGuardianOf(actor, facts, childId)) return 'guardian';
  const child = audit.children.find((one) => one.childId === childId);
  if (actor.kind !== 'staff' || child === undefined || child.isOwnCase) return null;
  return audit.capacities.includes('PRIVACY_OFFICER') ? 'auditor' : null;
}

/** Staff who read unusually much are the privacy officer's to look at (V07). */
export const mayReadAlarms = (actor: Actor, capacities: readonly Capacity[]): boolean =>
  actor.kind === 'staff' && capacities.includes('PRIVACY_OFFICER');

/** The leader of a unit looks over who can see the children there (D09). */
export const mayReview = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  rolesToday(actor, facts).some(
    (held) => held.role === 'LEADER' && held.groupId === null && held.unitId === unitId,
  );

/** A member of staff as somebody whose child they have in their charge. */
export interface StaffAsKnown {
  readonly personId: string;
  readonly protection: Protection;
  /** Whether they have access to the same child as a guardian: now, or held open. */
  readonly asGuardian: 'now' | 'held' | 'no';
}

/**
 * The other guardian's reading as staff says when they are up (ADR-11). Of a protected one, held or not, it says that they
 * are here at all (ADR-19). Their own reading is no secret to anybody, nor is that of somebody who has lost access.
 */
export function mayKnowOfReading(standing: Standing, actor: Actor, reader: StaffAsKnown): boolean {
  if (standing === 'auditor' || isSame(actor, reader.personId)) return true;
  if (reader.asGuardian === 'now') return false;
  return reader.asGuardian === 'no' || !isHidden(reader.protection);
}

/** That a guardian's other one works at the child's unit is theirs to know, unless that one is protected (ADR-19). */
export const mayKnowOfCharge = (standing: Standing, actor: Actor, member: StaffAsKnown): boolean =>
  standing === 'auditor' ||
  isSame(actor, member.personId) ||
  member.asGuardian === 'no' ||
  !isHidden(member.protection);

/** Staff work by their name, unless their address is protected: then there is none, as where none is known (ADR-02). */
export const mayKnowName = ({ protection }: Pick<StaffAsKnown, 'protection'>): boolean =>
  !isHidden(protection);

/** By which record a guardian has access is told to that one and to the auditor: to no other what the register says (GUA-25). */
export const mayKnowRecord = (standing: Standing | 'leader', actor: Actor, holderId: string): boolean =>
  standing === 'auditor' || isSame(actor, holderId);

const isSame = (actor: Actor, personId: string): boolean =>
  'personId' in actor && actor.personId === personId;
