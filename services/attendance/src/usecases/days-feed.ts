import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { toCalendarFile } from '@ranselpost/kit/pure/calendar-file';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { createHash, randomBytes } from 'node:crypto';
import { daysFrom } from '../domain/calendar.ts';
import { type DaysFeed, itemsOf } from '../domain/days-feed.ts';
import { areShownAt, isGuardianHere, mayHaveDaysFeed } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import * as calendars from '../store/calendars.ts';
import * as feeds from '../store/days-feeds.ts';
import * as stays from '../store/stays.ts';
import type { Deps } from './deps.ts';

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const asOwner = async (deps: Deps, tx: Tx, actor: Actor, childId: string): Promise<GuardianActor> => {
  mayHaveDaysFeed(actor, await loadAccessFacts(tx, actor, [childId], localDateAt(deps.now())), childId);
  return actor;
};

/** The addresses of whoever asks that stand: none under a grant that has ended, whoever has another one since (GUA-06). */
const ownFeeds = async (tx: Tx, actor: Actor): Promise<readonly DaysFeed[]> =>
  'personId' in actor
    ? (await feeds.own(tx, actor.personId)).flatMap(({ feed, isStanding }) => (isStanding ? [feed] : []))
    : [];

/**
 * Makes an address at which the days of one's own child are read, instead of the one that is named: nobody loses one by asking twice.
 * It is told this once; here lies its hash.
 */
export const makeDaysFeed = (
  deps: Deps,
  actor: Actor,
  { childId, insteadOf }: { readonly childId: string; readonly insteadOf: string | null },
): Promise<Result<{ readonly secret: string; readonly feed: DaysFeed }, { readonly kind: 'feed-stands' }>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const { personId } = await asOwner(deps, tx, actor, childId);
      const own = (await ownFeeds(tx, actor)).find((feed) => feed.childId === childId);
      if (insteadOf !== null && own?.id !== insteadOf) throw new AppError('NOT_FOUND');
      return personId;
    },
    async (tx, personId) => {
      const secret = randomBytes(32).toString('base64url');
      const made = { id: deps.newId(), personId, childId, secretHash: hash(secret) };
      const feed = await feeds.keep(tx, made, insteadOf);
      return aboutNobody(feed === null ? refuse({ kind: 'feed-stands' as const }) : accept({ secret, feed }));
    },
  );

/** Nobody reads at the address any more. For whoever has no such address there is none. */
export const revokeDaysFeed = (deps: Deps, actor: Actor, feedId: string): Promise<string> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const feed = (await ownFeeds(tx, actor)).find(({ id }) => id === feedId);
      if (feed === undefined) throw new AppError('NOT_FOUND');
      await asOwner(deps, tx, actor, feed.childId);
    },
    async (tx) => {
      await feeds.remove(tx, feedId);
      return aboutNobody(feedId);
    },
  );

/** The viewer's own address for each child, or null. */
export const readDaysFeeds = (
  deps: Deps,
  actor: Actor,
  childIds: readonly string[],
): Promise<readonly (DaysFeed | null)[]> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const shown = (await ownFeeds(tx, actor)).filter(({ childId }) => isGuardianHere(actor, facts, childId));
    return aboutNobody(childIds.map((childId) => shown.find((feed) => feed.childId === childId) ?? null));
  });

/**
 * The days of a child for a program that knows the secret address. They are read with its owner's rights at this moment, on which both
 * locks decide; whoever is no guardian any more has no address any more, nor under another grant (GUA-06, GUA-10, S-04). Of a protected child nothing goes to where
 * others may keep it, and nothing says that it is left out (S-08, ADR-09).
 */
export async function giveDaysAt(deps: Deps, secret: string): Promise<string> {
  const { db } = deps;
  const secretHash = hash(secret);
  const feed = await db.asService((tx) => feeds.by(tx, secretHash));
  if (feed === null) throw new AppError('NOT_FOUND');
  const owner: GuardianActor = { kind: 'guardian', personId: feed.personId, level: 'substantial' };
  const items = await db.asActor(owner, async (tx) =>
    aboutNobody(await itemsFor(deps, tx, owner, feed.childId)),
  );
  if (items === null || !feed.isStanding) {
    await db.asService((tx) => feeds.removeAt(tx, secretHash));
    throw new AppError('NOT_FOUND');
  }
  await db.asService((tx) => feeds.markRead(tx, secretHash));
  return toCalendarFile(items, {
    now: deps.now(),
    uidOf: (id) => hash(`${secretHash}:${id}`).slice(0, 32),
  });
}

/** Absences and closed days a month back and a year ahead, stays eight weeks ahead; null for who is no guardian of the child. */
async function itemsFor(deps: Deps, tx: Tx, owner: GuardianActor, childId: string) {
  const today = localDateAt(deps.now());
  const facts = await loadAccessFacts(tx, owner, [childId], today);
  if (!isGuardianHere(owner, facts, childId)) return null;
  if (isProtected(facts, childId)) return [];
  const period = { from: addDays(today, -31), to: addDays(today, 366) };
  const places = facts.enrolments.filter((place) => place.childId === childId);
  const unitIds = [...new Set(places.map(({ unitId }) => unitId))];
  const features = await loadFeature(tx, 'ABSENCE', facts, unitIds);
  const calendarOf = await calendars.ofUnits(tx, unitIds);
  // All of them: one stands for each unit and day (S-22, S-26).
  const first = unitIds.length * daysFrom(period.from, period.to).length;
  const listing = { childIds: [childId], unitIds, ...period, after: null, first };
  const away = (await absences.list(tx, [listing])).flat();
  const agreed = await stays.ofChildren(tx, [childId], today);
  const inCalendar = places.flatMap(({ unitId, from, to }) => {
    const calendar = calendarOf.get(unitId);
    return calendar === undefined
      ? []
      : [
          {
            ...{ calendar, from, to, isShown: areShownAt(features, [unitId]) },
            absences: away.filter((one) => one.unitId === unitId),
            stays: agreed.filter((one) => one.unitId === unitId),
          },
        ];
  });
  return itemsOf(inCalendar, { absences: period, stays: { from: today, to: addDays(today, 56) } });
}
