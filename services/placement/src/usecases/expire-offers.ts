import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type EndingRefusal, decideEnding } from '../domain/offer.ts';
import { isCopyFresh } from '../store/copy.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as offers from '../store/offers.ts';
import type { Deps, TimerDeps } from './deps.ts';
import { carryOutEnding } from './end-offer.ts';
import { tellFamily } from './tell-families.ts';

const most = 50;
/** What arrived in the last second may still wait for others, here or at the gateway: nobody's silence is taken before they have had time for it. */
const onTheWayMs = 15_000;

/**
 * Ends offers whose time is over and which nobody has answered, each in a transaction of its own: once, whoever runs it and whatever is killed
 * (BHG-12, S-23). While rights cannot be checked nobody can answer, and none of them ends. Answers whether there were any.
 */
export async function expireDueOffers(deps: TimerDeps): Promise<boolean> {
  const due = await deps.db.asService(async (tx) =>
    (await isCopyFresh(tx, deps.maxStaleness))
      ? offers.due(tx, new Date(deps.now().getTime() - onTheWayMs), most)
      : [],
  );
  const failed: unknown[] = [];
  let wasAny = false;
  for (const id of due)
    await expireOffer(deps, id).then(
      ({ ok }) => (wasAny ||= ok),
      (error: unknown) => failed.push(error),
    );
  // What fails is tried again, and stands in nobody's way.
  if (failed.length > 0 && !wasAny)
    throw new AggregateError(failed, `${failed.length} offers could not be ended`);
  return wasAny;
}

/** Ends one offer, if its time is over and it still waits for its answer. */
export function expireOffer(deps: Deps, offerId: string): Promise<Result<string, EndingRefusal>> {
  const now = deps.now();
  return deps.db.asService(async (tx) => {
    const before = await offers.byId(tx, offerId);
    if (before === undefined) return refuse('E_STATE');
    await lockChild(tx, before.childId);
    const offer = (await offers.byId(tx, offerId))!;
    const decision = decideEnding(
      { pool: offer.poolId, deadline: offer.deadline.getTime(), state: offer.state },
      { cmd: 'expire', at: now.getTime() },
      [],
    );
    if (!decision.ok) return decision;
    const ending = { state: 'expired', stays: false, endedBy: null, endedAt: now, reason: null } as const;
    if (!(await offers.end(tx, offer, ending))) return refuse('E_STATE');
    await carryOutEnding(tx, deps, offer, decision.value, now);
    await tellFamily(tx, deps, { childId: offer.childId, subjectId: offer.id });
    return accept(offer.id);
  });
}
