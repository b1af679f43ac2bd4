import type { Actor } from '@ranselpost/kit/pure/actor';
import { type AccessFacts, isGuardianOf, unitsInChargeOf } from '@ranselpost/kit/pure/grounds';
import type { Thread } from './thread.ts';

/**
 * Guardians read what they were made readers of, while they are guardians of every child in it (S-09); staff what their unit
 * was written, of children whom they have in their charge there (MSG-02, SFO-10).
 */
export function maySeeThread(
  actor: Actor,
  facts: AccessFacts,
  { unitId, childIds, homeReaderIds }: Pick<Thread, 'unitId' | 'childIds' | 'homeReaderIds'>,
): boolean {
  if (actor.kind === 'guardian')
    return (
      homeReaderIds.includes(actor.personId) &&
      childIds.every((childId) => isGuardianOf(actor, facts, childId))
    );
  return childIds.every((childId) => unitsInChargeOf(actor, facts, childId).includes(unitId));
}
