import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Standing, decide, next } from '../domain/offers.ts';
import { replyDeadline } from '../domain/offer.ts';
import { isPricedPlace } from '../domain/place-hours.ts';
import { mayOfferTo, offerSightOf } from '../domain/offer-policy.ts';
import { seatFor, wantedFrom } from '../domain/offer-start.ts';
import * as letters from '../store/decision-letters.ts';
import { lockChild, lockPool } from '../store/offer-locks.ts';
import * as offerTerms from '../store/offer-terms.ts';
import * as offers from '../store/offers.ts';
import * as pools from '../store/pools.ts';
import type { Pool } from '../store/pools.ts';
import * as waiting from '../store/waiting.ts';
import type { Turn } from '../store/waiting.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { type CommandAnswer, decideOpen, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { readOf } from './read-offers.ts';

export interface OfferToMake {
  readonly applicationId: string;
  readonly poolId: string;
  /** Why it is offered to another child than who is next. */
  readonly reason: string | null;
  /** Left out: a full place. */
  readonly weeklyHours?: number | null;
  readonly idempotencyKey: string;
}

/** Offers a vacant seat to who is next on the list, or to somebody else with a reason (placement § 9, BHG-21). */
export async function makeOffer(deps: Deps, actor: Actor, wanted: OfferToMake): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { answer, made, reads }) => {
        if (made !== null) {
          const { id: offerId, poolId, seatNumber, childId } = made;
          await pools.hold(tx, [{ offerId, poolId, seatNumber, childId }]);
          await letters.insertAll(tx, [decided(deps, made)]);
        }
        return about(reads, answer);
      },
    ),
  );
}

/** What the family is told of it, by a letter that is written a moment later (BHG-15). */
const decided = (
  deps: Pick<Deps, 'newId'>,
  { id: subjectId, childId, applicationId, unitId, care, wish, startsOn, deadline, madeAt }: offers.NewOffer,
): letters.NewLetter => ({
  ...{ id: deps.newId(), childId, subjectId, applicationId, unitId, onlyFor: null, decidedAt: madeAt },
  content: {
    ...{ kind: 'OFFER', care },
    outcome: { kind: 'PLACE', wish, startsOn, answerBy: localDateAt(deadline) },
  },
});

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: OfferToMake, now: Date) {
  const [application] = await offerTerms.applications(tx, [wanted.applicationId]);
  if (application === undefined) throw new AppError('NOT_FOUND');
  const { id: applicationId, childId } = application;
  await lockChild(tx, childId);
  await lockPool(tx, wanted.poolId);
  const [pool] = await pools.byIds(tx, [wanted.poolId]);
  const facts = await loadApplicationFacts(tx, actor, [childId], now);
  mayOfferTo(actor, facts, childId);
  // Whatever is answered, staff have learnt how the child stands.
  const reads = readOf(childId, offerSightOf(actor, facts, childId)!);
  if (pool === undefined) throw new AppError('NOT_FOUND');
  const { personId: madeBy } = actor;
  const { id: poolId, unitId, care } = pool;
  const reason = wanted.reason?.trim() || null;
  const { weeklyHours = null } = wanted;
  const asked = {
    ...wanted,
    personId: madeBy,
    command: ['offer', applicationId, poolId, weeklyHours, reason],
  };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, made: null, reads };
  const isOpen = await decideOpen(tx, facts, unitId);
  if (!isOpen.ok) return { answer: isOpen, made: null, reads };
  if (weeklyHours !== null && !isPricedPlace(deps.priceLists, care, weeklyHours, localDateAt(now)))
    return { answer: await keepAnswer(tx, asked, refused('PRICE_HOURS_WRONG'), now), made: null, reads };
  const listed = await waiting.turnsOf(tx, poolId);
  // That a child has an offer to answer is said first, also of one that is not on the list.
  const isAnswering = (await offers.ofChildren(tx, [childId])).some(
    (one) => one.care === care && one.state === 'sent',
  );
  const unlisted = { applicationId, position: 0, isActive: false, isAnswering };
  const isListed = listed.some((one) => one.applicationId === applicationId);
  const standing = await standingOf(tx, pool, isListed ? listed : [...listed, unlisted]);
  const decision = decide(standing, { cmd: 'offer', app: applicationId, pool: poolId, reason, deadline: 0 });
  if (typeof decision === 'string')
    return { answer: await keepAnswer(tx, asked, refused(decision), now), made: null, reads };
  const today = localDateAt(now);
  const terms =
    (await offerTerms.ofRound(tx, application.roundId)).get(unitId) ??
    (await offerTerms.ofUnit(tx, unitId, today));
  const found = seatFor(
    await pools.freeSeats(tx, poolId),
    wantedFrom(application.wantedStart, { ...application, today }),
  );
  if (terms === undefined || found === null)
    throw new Error('a seat is free by one count and not by another');
  const wish = await offerTerms.wishFor(tx, applicationId, unitId);
  const made = {
    ...{
      id: deps.newId(),
      applicationId,
      childId,
      poolId,
      unitId,
      care,
      seatNumber: found.seat.number,
      runId: null,
    },
    ...{
      wish,
      madeBy,
      madeAt: now,
      reason,
      startsOn: found.startsOn,
      silenceDeclines: terms.silenceDeclines,
      weeklyHours,
    },
    ...{
      keepsWaiting: terms.keepWaiting,
      deadline: replyDeadline(now, [{ kind: 'DIGITAL' }], terms.answerDays),
    },
  };
  await offers.insertByHand(tx, made);
  return { answer: await keepAnswer(tx, asked, accept(made.id), now), made, reads };
}

/** A pool as the rules see it, with the children on its list called by their applications. */
export async function standingOf(
  tx: Tx,
  { id: pool, seats }: Pool,
  listed: readonly Turn[],
): Promise<Standing> {
  const held = (await pools.committed(tx, [pool])).get(pool) ?? 0;
  return {
    seats: new Map([[pool, seats]]),
    // Whoever holds a seat does so whatever they are called: an offer that waits, or a place.
    placed: new Map(Array.from({ length: held }, (_none, nth) => [`seat ${nth}`, pool])),
    offers: listed
      .filter(({ isAnswering }) => isAnswering)
      .map(({ applicationId: application }) => ({
        ...{ id: application, application, pool: 'whichever it is', deadline: 0, state: 'sent' as const },
      })),
    ranking: new Map([[pool, listed.map(({ applicationId }) => applicationId)]]),
    waiting: new Map(
      listed.map(({ applicationId, isActive }) => [applicationId, new Set(isActive ? [pool] : [])]),
    ),
    wishes: new Map(),
  };
}

/** Who is next on a list, by the application; null where nobody is. */
export const nextOf = next;
