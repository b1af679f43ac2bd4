import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import type { Tx } from '@ranselpost/kit/database';
import { type Broadcast, type TakingBack, decideUndo, decideWithdrawal } from '../domain/broadcast.ts';
import { mayTakeBack } from '../domain/broadcast-policy.ts';
import * as broadcasts from '../store/broadcasts.ts';
import type { Deps } from './deps.ts';

/** Undoes a broadcast that has not gone out: nobody has got it, and nobody will (MSG-07). */
export const undoBroadcast = (deps: Deps, actor: Actor, id: string): Promise<Result<Broadcast, TakingBack>> =>
  takeBack(deps, actor, id, async (tx, found) => {
    const decision = decideUndo(found);
    if (!decision.ok || found.state === 'UNDONE') return decision;
    return (await broadcasts.undo(tx, id)) ? decision : refuse({ kind: 'undo-too-late' });
  });

/** Withdraws a broadcast that is out: what it said is hidden, and whoever was not told yet is not told any more (MSG-17). */
export const withdrawBroadcast = (
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<Result<Broadcast, TakingBack>> =>
  takeBack(deps, actor, id, async (tx, found) => {
    const decision = decideWithdrawal(found, deps.now());
    if (!decision.ok || found.state === 'WITHDRAWN') return decision;
    if (await broadcasts.withdraw(tx, id, deps.now())) await tell(tx, noticeDroppedV1, { noticeId: id });
    return decision;
  });

function takeBack(
  deps: Deps,
  actor: Actor,
  id: string,
  act: (tx: Tx, found: Broadcast) => Promise<Result<unknown, TakingBack>>,
): Promise<Result<Broadcast, TakingBack>> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<Result<Broadcast, TakingBack>>> => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    const [found] = await broadcasts.byIds(tx, null, [id]);
    if (found === undefined) throw new AppError('NOT_FOUND');
    mayTakeBack(actor, facts, found);
    const done = await act(tx, found);
    if (!done.ok) return aboutNobody(done);
    return aboutNobody(accept((await broadcasts.byIds(tx, null, [id]))[0]!));
  });
}
