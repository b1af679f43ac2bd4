import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { decide } from '../domain/offers.ts';
import { mayChangeSeats } from '../domain/offer-policy.ts';
import { lockPool } from '../store/offer-locks.ts';
import * as pools from '../store/pools.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { standingOf } from './make-offer.ts';
import { type CommandAnswer, decideOpen, firstAnswer, keepAnswer, refused } from './offer-command.ts';

export interface SeatsToChange {
  readonly poolId: string;
  readonly seats: number;
  /** Why, as for each decision on seats after a round has opened (BHG-25). */
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Decides on seats after a round is published; never on fewer than are taken or offered (placement § 9). */
export async function changePoolSeats(
  deps: Deps,
  actor: Actor,
  wanted: SeatsToChange,
): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { answer, isNew }) => {
        if (isNew) await pools.setSeats(tx, [wanted]);
        return aboutNobody(answer);
      },
    ),
  );
}

async function look(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { poolId, seats, ...wanted }: SeatsToChange,
  now: Date,
) {
  await lockPool(tx, poolId);
  const [pool] = await pools.byIds(tx, [poolId]);
  const facts = await loadApplicationFacts(tx, actor, [], now);
  mayChangeSeats(actor, facts);
  if (pool === undefined) throw new AppError('NOT_FOUND');
  const { personId } = actor;
  const reason = wanted.reason.trim();
  const asked = { ...wanted, personId, command: ['seats', poolId, seats, reason] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, isNew: false };
  const isOpen = await decideOpen(tx, facts, pool.unitId);
  if (!isOpen.ok) return { answer: isOpen, isNew: false };
  if (reason === '')
    return { answer: await keepAnswer(tx, asked, refused('E_NO_REASON'), now), isNew: false };
  const decision = decide(await standingOf(tx, pool, []), { cmd: 'seats', pool: poolId, n: seats });
  if (typeof decision === 'string')
    return { answer: await keepAnswer(tx, asked, refused(decision), now), isNew: false };
  await pools.insertChange(tx, pool, {
    ...{ id: deps.newId(), before: pool.seats, after: seats, reason, changedBy: personId, changedAt: now },
  });
  return { answer: await keepAnswer(tx, asked, accept(poolId), now), isNew: true };
}
