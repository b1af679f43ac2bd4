import type { Actor } from '@ranselpost/kit/pure/actor';
import { isGuardianOf, rolesToday } from '@ranselpost/kit/pure/grounds';
import { speaksAt } from './broadcast-policy.ts';
import type { Draft } from './draft.ts';
import { type MailFacts, groundOfReading } from './policy.ts';

/**
 * A draft is its author's alone, in the capacity that they write it in (GUA-24), while they have a ground for all that it is about:
 * colleagues, leaders and auditors see none.
 */
export function maySeeDraft(
  actor: Actor,
  facts: MailFacts,
  { authorId, authorAs, aim }: Pick<Draft, 'authorId' | 'authorAs' | 'aim'>,
): boolean {
  if (!('personId' in actor) || actor.personId !== authorId || actor.kind !== authorAs) return false;
  if (aim.kind === 'BROADCAST') return aim.places.every((place) => speaksAt(rolesToday(actor, facts), place));
  return aim.childIds.every((childId) =>
    actor.kind === 'guardian'
      ? isGuardianOf(actor, facts, childId)
      : groundOfReading(actor, facts, childId, aim.unitId) !== undefined,
  );
}
