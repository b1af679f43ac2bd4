import { type Answer, type ChildRead, about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { offerSightOf } from '../domain/offer-policy.ts';
import * as letters from '../store/decision-letters.ts';
import type { StoredLetter } from '../store/decision-letters.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOf } from './read-offers.ts';

export type ShownDecision = Pick<StoredLetter, 'id' | 'childId' | 'kind' | 'decidedAt'> & {
  /** When whoever asks first opened it. */
  readonly openedAt: Date | null;
};

export const toShown = ({ id, childId, kind, decidedAt, own }: StoredLetter): ShownDecision => ({
  ...{ id, childId, kind, decidedAt, openedAt: own?.openedAt ?? null },
});

/** Decisions about children, without what they say; null where whoever asks sees nothing of a child's admission. */
export const readChildDecisions = (
  deps: Deps,
  actor: Actor,
  childIds: readonly string[],
): Promise<readonly (readonly ShownDecision[] | null)[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly (readonly ShownDecision[] | null)[]>> => {
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    const found = Map.groupBy(await letters.ofChildren(tx, childIds), ({ childId }) => childId);
    const reads: ChildRead[] = [];
    const answers = childIds.map((childId) => {
      const sight = offerSightOf(actor, facts, childId);
      if (sight === null) return null;
      const seen = (found.get(childId) ?? []).filter((letter) => isFor(actor, sight, letter));
      reads.push(...readOf(childId, sight));
      return seen.map(toShown);
    });
    return about(reads, answers);
  });

/** A letter to one guardian is nobody else's among those whom it would tell what they earn; a protection officer sees to all. */
export const isFor = (
  actor: Actor,
  sight: NonNullable<ReturnType<typeof offerSightOf>>,
  { onlyFor }: Pick<StoredLetter, 'onlyFor'>,
): boolean =>
  onlyFor === null ||
  sight === 'PROTECTION_OFFICER' ||
  (sight === 'GUARDIAN' && 'personId' in actor && actor.personId === onlyFor);
