import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { decideEnding } from '../domain/offer.ts';
import { mayOfferTo, offerSightOf } from '../domain/offer-policy.ts';
import { loadApplicationFacts } from './application-facts.ts';
import { endIt, lockOffer } from './answer-offer.ts';
import type { Deps } from './deps.ts';
import { carryOutEnding } from './end-offer.ts';
import { type CommandAnswer, decideOpen, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { readOf } from './read-offers.ts';
import { tellFamily } from './tell-families.ts';

export interface OfferWithdrawal {
  readonly offerId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Takes an offer back that nobody has answered, with a reason; the child is where it was on all lists (placement § 8). */
export async function withdrawOffer(
  deps: Deps,
  actor: Actor,
  wanted: OfferWithdrawal,
): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(tx, actor, wanted, now),
      async (tx, { answer, ended, reads }) => {
        if (ended !== null) {
          await carryOutEnding(tx, deps, ended.offer, ended.ending, now);
          await tellFamily(tx, deps, { childId: ended.offer.childId, subjectId: ended.offer.id });
        }
        return about(reads, answer);
      },
    ),
  );
}

async function look(tx: Tx, actor: Actor, wanted: OfferWithdrawal, now: Date) {
  const offer = await lockOffer(tx, wanted.offerId);
  const facts = await loadApplicationFacts(tx, actor, [offer.childId], now);
  mayOfferTo(actor, facts, offer.childId);
  // Whatever is answered, staff have learnt how the child stands.
  const reads = readOf(offer.childId, offerSightOf(actor, facts, offer.childId)!);
  const { personId } = actor;
  const asked = { ...wanted, personId, command: ['withdraw', offer.id, wanted.reason.trim()] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, ended: null, reads };
  const isOpen = await decideOpen(tx, facts, offer.unitId);
  if (!isOpen.ok) return { answer: isOpen, ended: null, reads };
  const reason = wanted.reason.trim() || null;
  const decision = decideEnding(
    { pool: offer.poolId, deadline: offer.deadline.getTime(), state: offer.state },
    { cmd: 'withdraw', reason },
    [],
  );
  if (!decision.ok)
    return { answer: await keepAnswer(tx, asked, refused(decision.refusal), now), ended: null, reads };
  await endIt(tx, offer, { state: 'withdrawn', stays: false, endedBy: personId, endedAt: now, reason });
  return {
    answer: await keepAnswer(tx, asked, accept(offer.id), now),
    ended: { offer, ending: decision.value },
    reads,
  };
}
