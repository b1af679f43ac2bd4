import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { sealFor } from '@ranselpost/kit/seal';
import { childDescribedV1 } from '@ranselpost/schema/events/identity/child-described.v1';
import * as descriptions from '../store/child-descriptions.ts';
import type { EventDeps, PlacementDeps } from './deps.ts';

const batch = 500;

/**
 * Tells placement what admission has to know of children, where that is another than was told last. The database notes of whom
 * something has changed, and here it is worked out what that is. A batch locks nothing that decides who has access, and whatever
 * takes access away is told between two. Answers whether there may be more.
 */
export const describeChildren = ({ db, placementKey }: PlacementDeps): Promise<boolean> =>
  db.asService(async (tx) => {
    const { childIds, isMore } = await descriptions.take(tx, batch);
    const gone = await descriptions.takeGone(tx, childIds);
    const news = await descriptions.takeNews(tx, childIds);
    await tellAll(tx, await toFacts(placementKey, [...gone, ...news]));
    return isMore;
  });

/** Has everybody looked at once: children grow out of what placement is told of, and nobody notes a birthday. */
export const lookThroughChildren = ({ db }: Pick<PlacementDeps, 'db'>): Promise<number> =>
  db.asService((tx) => descriptions.takeLater(tx));

/** What was told last of some children, once more. */
export const descriptionFacts = async (
  { db, placementKey }: EventDeps & Pick<PlacementDeps, 'placementKey'>,
  childIds: readonly string[],
): Promise<readonly Fact[]> => toFacts(placementKey, await descriptions.told(db, childIds));

const toFacts = (
  placementKey: PlacementDeps['placementKey'],
  told: readonly descriptions.ToldDescription[],
): Promise<readonly Fact[]> =>
  Promise.all(
    told.map(async ({ childId, revision, description }) => {
      const sealed = description === null ? null : await sealFor(placementKey, childId, description);
      return fact(childDescribedV1, { childId, revision, sealed });
    }),
  );
