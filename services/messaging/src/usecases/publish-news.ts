import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type WantedFile, nobodyHasConsented } from '../domain/bulletin-file.ts';
import { mayBroadcast } from '../domain/broadcast-policy.ts';
import {
  type NewsKnown,
  type NewsPost,
  type NewsRefusal,
  type NewsTerms,
  decideNews,
  isSameNews,
} from '../domain/news.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import { type Place, placesOf } from '../domain/place.ts';
import * as attachments from '../store/attachments.ts';
import * as audiences from '../store/audience.ts';
import * as news from '../store/news.ts';
import { attachAllToBulletin } from './attach.ts';
import type { Deps } from './deps.ts';
import { requirePlaces } from './require-places.ts';

export interface NewsWish extends NewsTerms {
  readonly unitId: string;
  /** All of one unit. */
  readonly places: readonly Place[];
  /** Null: as soon as can be. */
  readonly publishAt: Date | null;
  readonly files: readonly WantedFile[];
  readonly idempotencyKey: string;
}

/** Stores a piece of news that waits until it is due. Nobody sees it and nobody is told before. */
export const publishNews = (
  deps: Deps,
  actor: Actor,
  wish: NewsWish,
): Promise<Result<NewsPost, NewsRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx) =>
      aboutNobody(await takeIn(deps, tx, actor, { ...wish, places: placesOf(wish.places) })),
    ),
  );

async function takeIn(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  wish: NewsWish,
): Promise<Result<NewsPost, NewsRefusal>> {
  const now = deps.now();
  const facts = await loadAccessFacts(tx, actor, [], localDateAt(now));
  mayBroadcast(actor, facts, wish.places);
  // Before the key: whatever took the files along under it is found by the key then (S-22).
  const attached = await attachments.byIds(
    tx,
    wish.files.map(({ id }) => id),
  );
  const standing = await news.underKey(tx, actor.personId, wish.idempotencyKey);
  if (standing !== null) {
    if (!isSameNews(standing, wish)) throw new AppError('BAD_USER_INPUT', 'the key names something else');
    return accept(standing);
  }
  await requirePlaces(tx, wish.places);
  const dayOut = localDateAt(wish.publishAt ?? now);
  const decision = decideNews(
    { ...wish, dayOut },
    {
      ...(await loadNewsKnown(deps, tx, facts, wish.unitId)),
      files: attached,
      ...{ by: actor, consenting: nobodyHasConsented },
    },
  );
  if (!decision.ok) return decision;
  const { files, text, dueAt } = decision.value;
  const { unitId, places, idempotencyKey, lastDay } = wish;
  const stored = { id: deps.newId(), unitId, places, authorId: actor.personId, lastDay, text, dueAt };
  if (!(await news.insert(tx, { ...stored, idempotencyKey })))
    throw new AppError('CONFLICT', 'the same key was used at the same time');
  await attachAllToBulletin(tx, { kind: 'NEWS', id: stored.id }, files);
  return accept({
    ...stored,
    ...{ state: 'WAITING', publishedAt: null, editedAt: null, withdrawnAt: null },
  });
}

/** What is known where news are written or changed. */
export async function loadNewsKnown(
  deps: Deps,
  tx: Tx,
  facts: CopyFacts,
  unitId: string,
): Promise<NewsKnown> {
  return {
    ...{ now: deps.now(), today: facts.today },
    features: await loadFeature(tx, 'NEWS', facts, [unitId]),
    guardLevel: guardLevelAt(await audiences.kindsOf(tx, [unitId]), deps.guardLevels),
  };
}
