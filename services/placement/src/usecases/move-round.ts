import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { toTheSecond } from '../domain/deadline.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { type RoundRefusal, decideGrace, decideMove } from '../domain/round.ts';
import { carryOut, meetRound } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';

/** A round to do something with, and a key of the caller's own: the same again is the same (S-22). */
export interface RoundToMove {
  readonly roundId: string;
  readonly idempotencyKey: string;
}

export type RoundMoved = Result<StoredRound, RoundRefusal>;

const names = { close: 'CLOSE', openAppeals: 'OPEN_APPEALS' } as const;

const move = (deps: Deps, actor: Actor, wanted: RoundToMove, name: keyof typeof names): Promise<RoundMoved> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundMoved>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: madeBy } = actor;
      const { round, isDone } = await meetRound(tx, madeBy, wanted, names[name]);
      if (isDone) return aboutNobody(accept(round));
      const decision = decideMove(round, name === 'close' ? { move: name, now } : { move: name });
      if (!decision.ok) return aboutNobody(decision);
      const { idempotencyKey } = wanted;
      const made = { move: names[name], madeBy, idempotencyKey };
      return aboutNobody(accept(await carryOut(deps, tx, round, decision.value, made)));
    }),
  );

/** Closes a round: nobody applies any more, and nobody could have in time (BHG-05, BHG-07). */
export const closeRound = (deps: Deps, actor: Actor, wanted: RoundToMove) =>
  move(deps, actor, wanted, 'close');
/** Takes appeals on what was published (BHG-16). */
export const openAppeals = (deps: Deps, actor: Actor, wanted: RoundToMove) =>
  move(deps, actor, wanted, 'openAppeals');

/** Gives more time to all who apply, because they could not when the deadline came (BHG-05). */
export const grantGrace = (
  deps: Deps,
  actor: Actor,
  wanted: RoundToMove & { readonly until: Date; readonly reason: string },
): Promise<RoundMoved> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundMoved>> => {
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
      const { personId: madeBy } = actor;
      const { round, isDone } = await meetRound(tx, madeBy, wanted, 'GRANT_GRACE');
      if (isDone) return aboutNobody(accept(round));
      const decision = decideGrace(round, { until: toTheSecond(wanted.until), reason: wanted.reason.trim() });
      if (!decision.ok) return aboutNobody(decision);
      const { until: graceUntil, reason } = decision.value;
      const { idempotencyKey } = wanted;
      const given = { move: 'GRANT_GRACE', reason, graceUntil, madeBy, idempotencyKey } as const;
      return aboutNobody(accept(await carryOut(deps, tx, round, round.state, given)));
    }),
  );
