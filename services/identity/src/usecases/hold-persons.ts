import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import {
  type HoldRefusal,
  type HoldWish,
  type RetentionHold,
  decideHold,
  decideLift,
} from '../domain/retention-hold.ts';
import { mayHold, mayRetain } from '../domain/retention-policy.ts';
import * as deciders from '../store/deciders.ts';
import * as holds from '../store/retention-holds.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { keepText } from './keep-text.ts';

type Held = Result<RetentionHold, HoldRefusal>;

/**
 * Keeps somebody from being erased, until it is lifted (RET-07). Whoever may hold nobody, an id that is nobody's and one who
 * is erased are the same answer (S-06). The same under the same key is the same hold.
 */
export function placeHold(
  deps: Deps,
  actor: Actor,
  { key, ...wish }: HoldWish & { readonly key: string },
): Promise<Held> {
  return deps.db.decide(
    actor,
    async (tx) => {
      const holder = await meetHolder(deps, tx, actor);
      if (!isId(wish.personId)) throw new AppError('NOT_FOUND');
      const humanId = await holds.holdable(tx, wish.personId);
      if (humanId === null || !mayHold(holder, humanId, await holds.notToHold(tx)))
        throw new AppError('NOT_FOUND');
      return { holder, personId: humanId };
    },
    async (tx, { holder, personId }) =>
      aboutNobody(await place({ ...deps, db: tx }, holder, { ...wish, personId }, key)),
  );
}

async function place(
  deps: EventDeps,
  holder: StaffActor,
  { personId, kind, reviewOn, reason }: HoldWish,
  key: string,
): Promise<Held> {
  const { db } = deps;
  const before = await holds.underKey(db, holder.personId, key);
  if (before !== undefined) {
    if (before.personId !== personId || before.kind !== kind)
      throw new AppError('BAD_USER_INPUT', 'the key names another hold');
    return accept(before);
  }
  const standing = await holds.standing(db, personId);
  const decision = decideHold({ personId, kind, reviewOn, reason }, { standing, today: today(deps) });
  if (!decision.ok) return decision;
  const hold = {
    ...{ holdId: deps.newId(), personId, kind, reviewOn },
    ...{ placedBy: holder.personId, placedAt: deps.now().toISOString() },
  };
  await holds.insert(db, hold, { key, reasonId: (await keepText(deps, decision.value))! });
  return accept({ ...hold, liftedAt: null });
}

/** Lets somebody be erased again, a week from now at the soonest (RET-07). */
export function liftHold(deps: Deps, actor: Actor, holdId: string, reason: string | null): Promise<Held> {
  return deps.db.decide(
    actor,
    async (tx) => {
      const holder = await meetHolder(deps, tx, actor);
      const hold = isId(holdId) ? await holds.load(tx, holdId) : undefined;
      if (hold === undefined) throw new AppError('NOT_FOUND');
      if (!mayHold(holder, hold.personId, await holds.notToHold(tx))) throw new AppError('NOT_FOUND');
      return { holder, hold };
    },
    async (tx, { holder, hold }) => aboutNobody(await lift({ ...deps, db: tx }, holder, hold, reason)),
  );
}

async function lift(
  deps: EventDeps,
  holder: StaffActor,
  hold: RetentionHold,
  reason: string | null,
): Promise<Held> {
  const decision = decideLift(hold, reason);
  if (!decision.ok) return decision;
  const liftedAt = deps.now().toISOString();
  const reasonId = (await keepText(deps, decision.value))!;
  await holds.lift(deps.db, hold.holdId, { by: holder.personId, at: liftedAt, reasonId });
  return accept({ ...hold, liftedAt });
}

/** Meets whoever answers for what is kept, in the turn in which people are erased. */
async function meetHolder(deps: Deps, tx: Tx, actor: Actor): Promise<StaffActor> {
  if (actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const facts = await deciders.load(tx, actor.personId, []);
  if (!mayRetain(actor, facts, today(deps))) throw new AppError('NOT_FOUND');
  return actor;
}
