import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { NewsPost } from '../src/domain/news.ts';
import { publishNextNews, tellNextOfNews } from '../src/usecases/publish-due-news.ts';
import { type NewsWish, publishNews } from '../src/usecases/publish-news.ts';
import { later } from './broadcasting.ts';
import { places } from './families.ts';
import type { World } from './world.ts';

export const newsWish = (more: Partial<NewsWish> = {}): NewsWish => ({
  ...{ unitId: places.school, places: [{ unitId: more.unitId ?? places.school, groupId: null }] },
  ...{ text: { title: 'Ny gymsal', body: 'Gymsalen åpner på mandag.' }, isReread: false },
  ...{ publishAt: null, lastDay: null, files: [], idempotencyKey: newId() },
  ...more,
});

/** Has somebody write news, which must be taken. */
export async function writtenNews(
  { deps }: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<NewsWish> = {},
): Promise<NewsPost> {
  const result = await publishNews(deps, actor, newsWish(more));
  if (!result.ok) throw new Error(`not taken: ${result.refusal.kind}`);
  return result.value;
}

/** Does all about news that is due some minutes later. */
export async function passNewsTime(world: Pick<World, 'deps'>, minutes = 2): Promise<void> {
  const deps = later(world, minutes);
  while (await publishNextNews(deps));
  while (await tellNextOfNews(deps));
}

/** Has somebody write news, and time pass until they are out. */
export async function publishedNews(
  world: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<NewsWish> = {},
): Promise<string> {
  const { id } = await writtenNews(world, actor, more);
  await passNewsTime(world);
  return id;
}
