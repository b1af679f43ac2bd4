import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { isGuardianOf } from '@ranselpost/kit/pure/grounds';
import type { NewsPost } from '../domain/news.ts';
import { childrenAt, maySeeNews, mayTendTo, ownPlaces, staffUnits } from '../domain/news-policy.ts';
import { fromPlaceKey, unitsOf } from '../domain/place.ts';
import * as news from '../store/news.ts';
import type { Deps } from './deps.ts';

/** A piece of news as somebody may see it. */
export interface ShownNews extends NewsPost {
  /** Those of the viewer's own children whom it is for; none for staff. */
  readonly childIds: readonly string[];
  readonly isTended: boolean;
}

/** What is known of an actor's own children, and roles. */
export async function loadOwnFacts(deps: Deps, tx: Tx, actor: Actor): Promise<CopyFacts> {
  const childIds = actor.kind === 'guardian' ? await news.childrenOf(tx, actor.personId) : [];
  return loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
}

async function shown(
  tx: Tx,
  actor: Actor,
  facts: CopyFacts,
  found: readonly NewsPost[],
): Promise<ShownNews[]> {
  const unitIds = found.map(({ unitId }) => unitId);
  const features = await loadFeature(tx, 'NEWS', facts, unitIds);
  return found
    .filter((post) => maySeeNews(actor, facts, features, post))
    .map((post) => ({
      ...post,
      childIds: childrenAt(actor, facts, post.places),
      isTended: mayTendTo(actor, facts, post),
    }));
}

/** Which of some news the actor may read, in the transaction given. */
export async function seenNews(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly ShownNews[]> {
  if (ids.length === 0) return [];
  return shown(tx, actor, await loadOwnFacts(deps, tx, actor), await news.byIds(tx, ids));
}

/** News by id, those that the actor may read. */
export const readNews = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownNews>> =>
  deps.db.asActor(actor, async (tx) => {
    const seen = await seenNews(deps, tx, actor, ids);
    return aboutNobody(new Map(seen.map((post) => [post.id, post])));
  });

/**
 * What the units of somebody's children say, or of one of them; to staff, what the units say where they work. The latest first, one
 * more than wanted when there is more. Null where the child is not theirs.
 */
export const readFeed = (
  deps: Deps,
  actor: Actor,
  { childId, ...page }: news.NewsPage & { readonly childId: string | null },
): Promise<readonly ShownNews[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const all = await loadOwnFacts(deps, tx, actor);
    if (childId !== null && !isGuardianOf(actor, all, childId)) return aboutNobody(null);
    const facts = childId === null ? all : { ...all, guardianOf: [childId] };
    const own = ownPlaces(actor, facts);
    const where =
      actor.kind === 'guardian'
        ? { unitIds: unitsOf(own.map(fromPlaceKey)), places: own }
        : { unitIds: staffUnits(actor, facts), places: null };
    const found = await news.feed(tx, { ...where, today: facts.today }, page);
    return aboutNobody(await shown(tx, actor, facts, found));
  });

/** All that a unit has said and is about to say, as far as its staff may see it; null where there is no such unit for the actor. */
export const readUnitNews = (
  deps: Deps,
  actor: Actor,
  { unitId, ...page }: news.NewsPage & { readonly unitId: string },
): Promise<readonly ShownNews[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadOwnFacts(deps, tx, actor);
    if (!staffUnits(actor, facts).includes(unitId)) return aboutNobody(null);
    return aboutNobody(await shown(tx, actor, facts, await news.ofUnit(tx, unitId, page)));
  });
