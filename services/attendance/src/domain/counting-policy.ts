import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isGuardianOf } from '@ranselpost/kit/pure/grounds';
import { type LeaveFacts, decidesAs } from './leave-policy.ts';
import type { AlertReceiver } from './threshold.ts';

/** What is known besides: which of the units are schools. */
export interface CountFacts extends LeaveFacts {
  readonly schoolIds: ReadonlySet<string>;
}

/** The ground by which somebody is told how a child's absence from school is counted: its guardian, or where they decide on it. */
export type CountGround =
  { readonly as: 'GUARDIAN' } | { readonly as: 'LEADER' | 'CONTACT_TEACHER'; readonly unitId: string };

/**
 * For guardians, and for the contact teacher and the leader at a school of today, whichever school it was away from (ABS-05). After-school
 * care is told nothing of it (SFO-10). Null for everybody else.
 */
export function groundToCount(actor: Actor, facts: CountFacts, childId: string): CountGround | null {
  if (isGuardianOf(actor, facts, childId)) return { as: 'GUARDIAN' };
  const grounds = facts.enrolments
    .filter((place) => place.childId === childId && facts.schoolIds.has(place.unitId))
    .flatMap(({ unitId }) => {
      const as = decidesAs(actor, facts, { childId, unitId });
      return as === null ? [] : [{ as, unitId }];
    });
  return grounds.find(({ as }) => as === 'LEADER') ?? grounds[0] ?? null;
}

/** The certificate, what is left out of it and why, is for guardians and the leader: no class staff (ABS-07, T23). */
export function groundToCertify(actor: Actor, facts: CountFacts, childId: string): CountGround | null {
  const ground = groundToCount(actor, facts, childId);
  return ground?.as === 'CONTACT_TEACHER' ? null : ground;
}

/** The leader of a pupil's school decides and certifies, and answers where; for anybody else there is no such pupil (S-06). */
export function mayCertify(actor: Actor, facts: CountFacts, childId: string): CertifyingActor {
  const ground = groundToCount(actor, facts, childId);
  if (actor.kind !== 'staff' || ground?.as !== 'LEADER') throw new AppError('NOT_FOUND');
  return { personId: actor.personId, unitId: ground.unitId };
}

export interface CertifyingActor {
  readonly personId: string;
  readonly unitId: string;
}

/** What holds for all schools is said by an administrator of the municipality, who sees no pupil (security § 2). */
export function maySetForAllSchools(
  actor: Actor,
  municipalRoles: readonly string[],
): asserts actor is StaffActor {
  if (actor.kind !== 'staff' || !municipalRoles.includes('MUNICIPAL_ADMINISTRATOR'))
    throw new AppError('FORBIDDEN');
}

/** Alerts are for the leader of the school, and for a contact teacher where they are among those told (T14); for no guardian. */
export function isToldOf(
  actor: Actor,
  facts: CountFacts,
  {
    childId,
    unitId,
    tells,
  }: { readonly childId: string; readonly unitId: string; readonly tells: readonly AlertReceiver[] },
): boolean {
  if (!facts.schoolIds.has(unitId)) return false;
  const as = decidesAs(actor, facts, { childId, unitId });
  return as === 'LEADER' || (as !== null && tells.includes(as));
}

/** A case is for the contact teacher of the pupil's class and the leader of its school, and for nobody else (T15, GUA-24). */
export const isFollowedBy = (
  actor: Actor,
  facts: CountFacts,
  place: { readonly childId: string; readonly unitId: string },
): boolean => facts.schoolIds.has(place.unitId) && decidesAs(actor, facts, place) !== null;

/** Answers where a pupil is followed up: at the school asked about, or where whoever asks does so. For anybody else there is none. */
export function mayFollowUp(
  actor: Actor,
  facts: CountFacts,
  childId: string,
  atUnit?: string,
): CertifyingActor {
  const unitId = facts.enrolments
    .filter((place) => place.childId === childId && (atUnit === undefined || place.unitId === atUnit))
    .map((place) => place.unitId)
    .find((unit) => isFollowedBy(actor, facts, { childId, unitId: unit }));
  if (actor.kind !== 'staff' || unitId === undefined) throw new AppError('NOT_FOUND');
  return { personId: actor.personId, unitId };
}
