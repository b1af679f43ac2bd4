import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type OtherStatutes, type OtherStatutesRefusal, decideOtherStatutes } from '../domain/round-plan.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import type { StoredRound } from '../domain/round-record.ts';
import * as statutes from '../store/statutes.ts';
import { carryOut, meetRound } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';

type Changed = Result<StoredRound, OtherStatutesRefusal>;

/** Has a unit's children ranked by another version of its statutes than the one that the round began with (BHG-10). */
export const changeRoundStatutes = (
  deps: Deps,
  actor: Actor,
  wanted: OtherStatutes & RoundToMove,
): Promise<Changed> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Changed>> => {
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
      const { personId: madeBy } = actor;
      const { round, isDone } = await meetRound(tx, madeBy, wanted, 'CHANGE_STATUTES');
      if (isDone) return aboutNobody(accept(round));
      const decision = decideOtherStatutes(round, wanted, await statutes.ofUnits(tx, [wanted.unitId]));
      if (!decision.ok) return aboutNobody(decision);
      const { reason, ...changed } = decision.value;
      const { idempotencyKey } = wanted;
      const move = { move: 'CHANGE_STATUTES', reason, statutes: changed, madeBy, idempotencyKey } as const;
      return aboutNobody(accept(await carryOut(deps, tx, round, round.state, move)));
    }),
  );
