import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { type Actor, type GuardianActor, isPerson } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { createHash, randomBytes } from 'node:crypto';
import {
  type CalendarEntry,
  type CalendarFeed,
  childrenInCalendar,
  mayHaveCalendar,
  standsStill,
  toCalendar,
} from '../domain/calendar.ts';
import { areMeetingsShownAt, invitedFor, maySeeMeeting } from '../domain/meeting-policy.ts';
import * as calendar from '../store/calendar.ts';
import type { Deps } from './deps.ts';

const dayMs = 86_400_000;
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What is in a guardian's calendar: a month back and a year ahead, by what they may see at this moment. */
async function entriesOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
): Promise<{ readonly childIds: readonly string[]; readonly entries: readonly CalendarEntry[] }> {
  const now = deps.now();
  const childIds = await calendar.ownChildren(tx);
  const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(now));
  mayHaveCalendar(actor, facts, childIds);
  const shown = childrenInCalendar(actor, facts, childIds);
  const window = { from: new Date(now.getTime() - 31 * dayMs), to: new Date(now.getTime() + 366 * dayMs) };
  const talks = (await calendar.talks(tx, shown, window)).filter((talk) => maySeeMeeting(actor, facts, talk));
  const events = (await calendar.events(tx, shown, window)).filter(
    (event) => invitedFor(actor, facts, event).length > 0,
  );
  const found = [...talks, ...events];
  const features = await loadFeature(tx, 'MESSAGING', facts, [...new Set(found.map(({ unitId }) => unitId))]);
  const entries = found.filter(({ unitId }) => areMeetingsShownAt(features, unitId));
  return { childIds, entries };
}

/** Ids as a calendar knows them: others than here, and others in each calendar, so that nobody can lay two side by side. */
const write = (deps: Deps, salt: string, entries: readonly CalendarEntry[]): string =>
  toCalendar(entries, { now: deps.now(), uidOf: (id) => hash(`${salt}:${id}`).slice(0, 32) });

/** A guardian's own calendar, as a file (M36). */
export const giveCalendar = (deps: Deps, actor: Actor): Promise<string> =>
  deps.db.asActor(actor, async (tx) => {
    const { entries } = await entriesOf(deps, tx, actor);
    const { personId } = actor as GuardianActor;
    return aboutNobody(write(deps, hash(`calendar of ${personId}`), entries));
  });

/**
 * The same for a program that knows the secret address. It is read with its owner's rights at this moment, on which both locks
 * decide; whoever lost a child by which it was made has no address any more (GUA-10, S-04).
 */
export async function giveCalendarAt(deps: Deps, secret: string): Promise<string> {
  const { db } = deps;
  const secretHash = hash(secret);
  const feed = await db.asService((tx) => calendar.feedBy(tx, secretHash));
  if (feed === null) throw new AppError('NOT_FOUND');
  const owner: GuardianActor = { kind: 'guardian', personId: feed.personId, level: 'substantial' };
  const found = await db.asActor(owner, async (tx) => {
    const childIds = await calendar.ownChildren(tx);
    return aboutNobody(standsStill(feed.childIds, childIds) ? await entriesOf(deps, tx, owner) : null);
  });
  if (found === null) {
    // By its own secret: its owner may have made another meanwhile.
    await db.asService((tx) => calendar.removeFeedAt(tx, secretHash));
    throw new AppError('NOT_FOUND');
  }
  await db.asService((tx) => calendar.markRead(tx, secretHash, found.childIds));
  return write(deps, secretHash, found.entries);
}

const guardianOf = async (
  deps: Deps,
  tx: Tx,
  actor: Actor,
): Promise<{ actor: GuardianActor; childIds: readonly string[] }> => {
  const childIds = await calendar.ownChildren(tx);
  const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
  mayHaveCalendar(actor, facts, childIds);
  return { actor, childIds };
};

export interface CalendarFeedRefusal {
  readonly kind: 'feed-stands';
}

/**
 * Makes an address at which one's own calendar is read, instead of the one that is named: nobody loses one by asking twice. It is
 * told this once; here lies its hash. For whoever has not the one that is named there is none.
 */
export const makeCalendarFeed = (
  deps: Deps,
  actor: Actor,
  insteadOf: string | null,
): Promise<Result<{ readonly secret: string; readonly feed: CalendarFeed }, CalendarFeedRefusal>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const owner = await guardianOf(deps, tx, actor);
      if (insteadOf !== null && (await calendar.ownFeed(tx, owner.actor.personId))?.id !== insteadOf)
        throw new AppError('NOT_FOUND');
      return owner;
    },
    async (tx, { actor: { personId }, childIds }) => {
      const secret = randomBytes(32).toString('base64url');
      const made = { id: deps.newId(), personId, secretHash: hash(secret), childIds };
      const feed = await calendar.keepFeed(tx, made, insteadOf);
      return aboutNobody(feed === null ? refuse({ kind: 'feed-stands' as const }) : accept({ secret, feed }));
    },
  );

/** Nobody reads it at the address any more. For whoever has no such address there is none. */
export const revokeCalendarFeed = (deps: Deps, actor: Actor, feedId: string): Promise<string> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const owner = await guardianOf(deps, tx, actor);
      const feed = await calendar.ownFeed(tx, owner.actor.personId);
      if (feed?.id !== feedId) throw new AppError('NOT_FOUND');
      return owner;
    },
    async (tx, { actor: { personId } }) => {
      await calendar.removeFeed(tx, personId);
      return aboutNobody(feedId);
    },
  );

export const readCalendarFeed = (deps: Deps, actor: Actor): Promise<CalendarFeed | null> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(
      isPerson(actor) && actor.kind === 'guardian' ? await calendar.ownFeed(tx, actor.personId) : null,
    ),
  );
