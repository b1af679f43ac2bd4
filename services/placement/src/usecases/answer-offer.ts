import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Answer, type Ended, decideAnswer } from '../domain/offer.ts';
import { mayAnswerFor } from '../domain/offer-policy.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as offers from '../store/offers.ts';
import type { StoredOffer } from '../store/offers.ts';
import * as waiting from '../store/waiting.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { carryOutEnding } from './end-offer.ts';
import { type CommandAnswer, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { tellFamily } from './tell-families.ts';

/** What a guardian says to an offer. */
export type Said =
  { readonly say: 'accept' | 'accept-keep' } | { readonly say: 'decline'; readonly stay: boolean };

export type OfferAnswer = Said & { readonly offerId: string; readonly idempotencyKey: string };

interface Found {
  readonly answer: CommandAnswer;
  readonly ended: { readonly offer: StoredOffer; readonly ending: Ended; readonly by: string } | null;
}

/**
 * A guardian answers an offer, and the first answer counts (BHG-12). The clock is read when it arrives: an answer at the deadline's instant
 * counts, however long it waits for others. Whoever takes another seat leaves the one they have in the same transaction. Also
 * while admission is stopped: the time to answer goes on.
 */
export async function answerOffer(deps: Deps, actor: Actor, wanted: OfferAnswer): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(tx, actor, wanted, now),
      async (tx, { answer, ended }) => {
        if (ended !== null) {
          await carryOutEnding(tx, deps, ended.offer, ended.ending, now);
          await tellFamily(tx, deps, { childId: ended.offer.childId, subjectId: ended.offer.id }, ended.by);
        }
        return aboutNobody(answer);
      },
    ),
  );
}

/** An offer that nothing else happens to until the transaction ends, as the actor sees it. */
export async function lockOffer(tx: Tx, offerId: string): Promise<StoredOffer> {
  const before = await offers.byId(tx, offerId);
  if (before === undefined) throw new AppError('NOT_FOUND');
  await lockChild(tx, before.childId);
  const offer = await offers.byId(tx, offerId);
  if (offer === undefined) throw new AppError('NOT_FOUND');
  return offer;
}

/** Ends an offer as somebody says; who comes second looks again, and is told how it ended. */
export async function endIt(tx: Tx, offer: StoredOffer, ending: offers.NewEnding): Promise<void> {
  if (!(await offers.end(tx, offer, ending))) throw new AppError('CONFLICT', 'the offer has ended');
}

/** The pools that were wished for by an application, most wanted first. */
export const wishesOf = async (
  tx: Tx,
  { applicationId }: Pick<StoredOffer, 'applicationId'>,
): Promise<readonly string[]> =>
  (await waiting.ofApplications(tx, [applicationId])).map(({ poolId }) => poolId);

async function look(tx: Tx, actor: Actor, wanted: OfferAnswer, now: Date): Promise<Found> {
  const offer = await lockOffer(tx, wanted.offerId);
  const facts = await loadApplicationFacts(tx, actor, [offer.childId], now);
  mayAnswerFor(actor, facts, offer.childId);
  const { personId } = actor;
  const stay = wanted.say === 'decline' && wanted.stay;
  const asked = { ...wanted, personId, command: ['answer', offer.id, wanted.say, stay] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, ended: null };
  const said: Answer =
    wanted.say === 'decline'
      ? { cmd: 'decline', stay, at: now.getTime() }
      : { cmd: wanted.say, at: now.getTime() };
  const decision = decideAnswer(
    { pool: offer.poolId, deadline: offer.deadline.getTime(), state: offer.state },
    said,
    { wishes: await wishesOf(tx, offer), keepsWaiting: offer.keepsWaiting },
  );
  if (!decision.ok)
    return { answer: await keepAnswer(tx, asked, refused(decision.refusal), now), ended: null };
  const { state } = decision.value;
  await endIt(tx, offer, { state, stays: stay, endedBy: personId, endedAt: now, reason: null });
  return {
    answer: await keepAnswer(tx, asked, accept(offer.id), now),
    ended: { offer, ending: decision.value, by: personId },
  };
}
