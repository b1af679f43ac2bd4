import { lookupHash } from '@ranselpost/kit/numbers';
import { tell } from '@ranselpost/kit/outbox';
import { feedFollowedV1 } from '@ranselpost/schema/events/registry/feed-followed.v1';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { isKnownType, isSplit, mayAnnul, priorityOf } from '../domain/event-priority.ts';
import { type FeedPage, readFeedPage } from '../domain/feed-page.ts';
import { feedEvents } from './metrics.ts';
import * as feed from '../store/feed.ts';
import * as followedPersons from '../store/followed-persons.ts';
import * as readings from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';
import { askEverybody, resumeFeed } from './resume-feed.ts';

/** Whoever hears that the feed is followed counts in hours. */
const promiseEveryMs = 300_000;

/** How a poll ended. `ahead`: we have had an event that the register says it has not come to yet. */
export type PollEnd = 'caught up' | 'ahead' | 'resumed' | 'stopped';

/**
 * Takes in the feed from where we are to its end, page by page. Each page is taken in whole or not at all, with the
 * pointer (FREG-02); a page that cannot be read stays where it is and fails the poll.
 */
export async function pollFeed(deps: ReadDeps, signal: AbortSignal): Promise<PollEnd> {
  const { db, freg, log } = deps;
  while (!signal.aborted) {
    const { sequence, etag } = await db.asService(feed.pointer);
    if (sequence === null) return 'stopped';
    const answer = await freg.feed(sequence + 1, etag);
    if (answer.kind === 'too old') {
      const newest = await freg.newest();
      // A register that says no to what comes right after its newest event means something else by it.
      if (sequence >= newest)
        throw new RegisterFault('refused', { register: 'freg', operation: 'feed', status: 406 });
      await resumeFeed(deps, { reason: 'POINTER_TOO_OLD', pointer: sequence, newest });
      return 'resumed';
    }
    if (answer.kind !== 'page') return endPoll(deps, sequence, answer.kind === 'unchanged' ? etag : null);
    const page = readFeedPage(answer.body, sequence);
    if (page === null)
      throw new RegisterFault('refused', { register: 'freg', operation: 'feed', code: 'shape' });
    if (page.repeated > 0) {
      feedEvents.inc({ outcome: 'repeated' }, page.repeated);
      log.warn('the feed repeats what we have had', { position: sequence, count: page.repeated });
    }
    if (page.pointer > sequence) await takeIn(deps, sequence, page);
    else if (page.repeated === 0) return endPoll(deps, sequence, answer.etag);
    else return 'stopped';
  }
  return 'stopped';
}

async function endPoll({ db, freg }: ReadDeps, sequence: number, etag: string | null): Promise<PollEnd> {
  const newest = await freg.newest();
  if (newest < sequence) return 'ahead';
  await db.asService(async (tx) => {
    await feed.caughtUp(tx, sequence, etag);
    const upTo = await feed.followedUpTo(tx, promiseEveryMs);
    if (upTo !== undefined) await tell(tx, feedFollowedV1, { register: 'FOLKEREGISTERET', upTo });
  });
  return 'caught up';
}

/** Stores what concerns people we follow and makes them due. Of all others only the count remains (FREG-06). */
async function takeIn({ db, keys, log }: ReadDeps, from: number, page: FeedPage): Promise<void> {
  const hashes = page.events.map(({ number }) => lookupHash(keys.lookup, number));
  const taken = await db.asService(async (tx) => {
    if (!(await feed.move(tx, from, page.pointer))) return undefined;
    const known = Map.groupBy(await followedPersons.withNumbers(tx, hashes), (person) => person.lookupHash);
    const relevant = page.events.flatMap(({ sequence, type, documentId }, place) =>
      (known.get(hashes[place]!.toString('hex')) ?? []).map(({ personId }) => ({
        ...{ sequence, type, personId },
        documentId: mayAnnul(type) ? documentId : null,
      })),
    );
    await feed.insertEvents(tx, relevant);
    await readings.ask(
      tx,
      relevant.map(({ personId, type }) => ({
        ...{ personId, priority: priorityOf(type) },
        wasSplit: isSplit(type),
      })),
    );
    // Whom it was about cannot be told, so it may be about anybody.
    const [unreadable] = page.unreadable;
    if (unreadable !== undefined)
      await askEverybody(tx, {
        reason: 'EVENT_UNREADABLE',
        askedFor: unreadable,
        resumedAt: page.pointer + 1,
      });
    return relevant;
  });
  if (taken === undefined) return log.warn('another replica has taken in this page', { position: from });
  countPage(page, new Set(taken.map(({ sequence }) => sequence)));
  for (const sequence of page.unreadable) log.error('an event of the feed names nobody', { sequence });
  for (const { sequence, type } of taken)
    if (!isKnownType(type))
      log.warn('an event of the feed has an unknown type', { sequence, eventType: type });
  if (page.gaps > 0)
    log.info('the feed has jumped over numbers', { position: page.pointer, count: page.gaps });
}

function countPage({ events, gaps, unreadable }: FeedPage, relevant: ReadonlySet<number>): void {
  feedEvents.inc({ outcome: 'relevant' }, relevant.size);
  feedEvents.inc({ outcome: 'not ours' }, events.length - relevant.size);
  feedEvents.inc({ outcome: 'unknown type' }, events.filter(({ type }) => !isKnownType(type)).length);
  feedEvents.inc({ outcome: 'unreadable' }, unreadable.length);
  feedEvents.inc({ outcome: 'gap' }, gaps);
}
