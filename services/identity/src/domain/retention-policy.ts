import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import type { DeciderFacts } from './policy.ts';

/**
 * Those who answer for what is kept and what goes: the archivist and the privacy officer. They hold people from being erased
 * and see numbers, and nobody's data by it (RET-02, RET-07).
 */
export const mayRetain = (
  actor: Actor,
  { municipal }: Pick<DeciderFacts, 'municipal'>,
  today: LocalDate,
): actor is StaffActor =>
  actor.kind === 'staff' &&
  municipal.some(
    ({ role, from, to }) => (role === 'ARCHIVIST' || role === 'PRIVACY_OFFICER') && isWithin(today, from, to),
  );

/** Nobody holds themself, or anybody of their own family (GUA-24). */
export const mayHold = (actor: StaffActor, humanId: string, own: readonly string[]): boolean =>
  humanId !== actor.personId && !own.includes(humanId);
