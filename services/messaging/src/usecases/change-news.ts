import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { type NewsPost, type NewsRefusal, type NewsTerms, decideEdit } from '../domain/news.ts';
import { mayChangeNews } from '../domain/news-policy.ts';
import * as news from '../store/news.ts';
import type { Deps } from './deps.ts';
import { loadNewsKnown } from './publish-news.ts';

/** Changes what a piece of news says. Nobody is told again; the database keeps what it said before. */
export const editNews = (
  deps: Deps,
  actor: Actor,
  id: string,
  terms: NewsTerms,
): Promise<Result<NewsPost, NewsRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<NewsPost, NewsRefusal>>> => {
      const { post, facts } = await toChange(deps, tx, actor, id);
      const known = await loadNewsKnown(deps, tx, facts, post.unitId);
      const decision = decideEdit(post, terms, known);
      if (!decision.ok) return aboutNobody(decision);
      if (!(await news.edit(tx, id, decision.value, terms.lastDay)))
        throw new AppError('CONFLICT', 'what was to be changed was taken back at the same time');
      return aboutNobody(accept(await again(tx, id)));
    }),
  );

/** Takes a piece of news back: it says nothing to anybody any more, and whoever was not told of it yet is not (MSG-17). */
export const withdrawNews = (deps: Deps, actor: Actor, id: string): Promise<NewsPost> =>
  deps.db.asActor(actor, async (tx) => {
    await toChange(deps, tx, actor, id);
    if (await news.withdraw(tx, id, deps.now())) await tell(tx, noticeDroppedV1, { noticeId: id });
    return aboutNobody(await again(tx, id));
  });

async function toChange(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ readonly post: NewsPost; readonly facts: CopyFacts }> {
  const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
  const [post] = await news.byIds(tx, [id]);
  mayChangeNews(actor, facts, post);
  return { post: post!, facts };
}

async function again(tx: Tx, id: string): Promise<NewsPost> {
  const [post] = await news.byIds(tx, [id]);
  // Hidden since: then there is none.
  if (post === undefined) throw new AppError('NOT_FOUND');
  return post;
}
