import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, isReadableAt } from '@ranselpost/kit/pure/features';
import { type AccessFacts, isGuardianOf, rolesToday } from '@ranselpost/kit/pure/grounds';
import { speaksAt } from './broadcast-policy.ts';
import type { NewsPost } from './news.ts';
import { type Place, placeKey } from './place.ts';

/** A unit begins to speak to a child's home two weeks before it starts there (GUA-29). */
const aheadDays = 14;

const placesOfChild = ({ enrolments, today }: AccessFacts, childId: string): readonly string[] =>
  enrolments
    .filter(
      (one) =>
        one.childId === childId &&
        one.from <= addDays(today, aheadDays) &&
        (one.to === null || today < one.to),
    )
    .flatMap(({ unitId, groupIds }) => [unitId, ...groupIds.map((groupId) => `${unitId}:${groupId}`)]);

/** Those of a guardian's children who are at some of the places now, or start there soon; for anybody else none. */
export const childrenAt = (actor: Actor, facts: AccessFacts, places: readonly Place[]): readonly string[] => {
  const keys = places.map(placeKey);
  return facts.guardianOf.filter(
    (childId) =>
      isGuardianOf(actor, facts, childId) &&
      placesOfChild(facts, childId).some((place) => keys.includes(place)),
  );
};

/** Every place that somebody's children are at, or one child's, as the tables keep them. */
export const ownPlaces = (actor: Actor, facts: AccessFacts): readonly string[] => [
  ...new Set(
    facts.guardianOf
      .filter((childId) => isGuardianOf(actor, facts, childId))
      .flatMap((childId) => placesOfChild(facts, childId)),
  ),
];

export const staffUnits = (actor: Actor, facts: AccessFacts): readonly string[] => [
  ...new Set(rolesToday(actor, facts).map(({ unitId }) => unitId)),
];

const leads = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  rolesToday(actor, facts).some(
    (held) => held.role === 'LEADER' && held.groupId === null && held.unitId === unitId,
  );

/** Whoever has published it, while they may speak at all of its places; and the unit's leader, who answers for what it says. */
export const mayTendTo = (
  actor: Actor,
  facts: AccessFacts,
  { authorId, unitId, places }: Pick<NewsPost, 'authorId' | 'unitId' | 'places'>,
): boolean =>
  actor.kind === 'staff' &&
  (leads(actor, facts, unitId) ||
    (authorId === actor.personId && places.every((place) => speaksAt(rolesToday(actor, facts), place))));

/**
 * Guardians of a child who is there now, whenever it was published: news are what a unit says to whoever is there, and a right that
 * ended ends the sight of all of it (S-02, S-04). The unit's staff; and what waits, its author and the leader alone.
 */
export function maySeeNews(
  actor: Actor,
  facts: AccessFacts,
  features: FeatureStandings,
  post: NewsPost,
): boolean {
  const { unitId, publishedAt, places, lastDay, authorId } = post;
  if (!isReadableAt(features, unitId)) return false;
  const isOut = publishedAt !== null;
  if (actor.kind === 'guardian')
    return (
      isOut && (lastDay === null || lastDay >= facts.today) && childrenAt(actor, facts, places).length > 0
    );
  if (!staffUnits(actor, facts).includes(unitId)) return false;
  return isOut || ('personId' in actor && authorId === actor.personId) || leads(actor, facts, unitId);
}

/** For whoever may not change or take back what was published, there is nothing to. */
export function mayChangeNews(
  actor: Actor,
  facts: AccessFacts,
  post: Pick<NewsPost, 'authorId' | 'unitId' | 'places'> | undefined,
): asserts actor is StaffActor {
  if (post === undefined || !mayTendTo(actor, facts, post)) throw new AppError('NOT_FOUND');
}
