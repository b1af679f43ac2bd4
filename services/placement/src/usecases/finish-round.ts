import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import type { StoredRound } from '../domain/round-record.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type RoundState, decideMove } from '../domain/round.ts';
import * as offers from '../store/offers.ts';
import * as waiting from '../store/waiting.ts';
import { carryOut, meetRound } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundMoved, RoundToMove } from './move-round.ts';
import { tellFamiliesOfRound } from './tell-families.ts';

interface Found {
  readonly answer: RoundMoved | null;
  readonly round: StoredRound;
  readonly to: RoundState;
  readonly madeBy: string;
}

/**
 * Ends a round for good, and with it its applications and what they wait for: the next round of the kind is applied to anew, and lists are for a
 * year (BHG-19). Refused while somebody has an offer of it to answer. Who waited is told.
 */
export const finishRound = (deps: Deps, actor: Actor, wanted: RoundToMove): Promise<RoundMoved> =>
  twice(() =>
    deps.db.decide<Found, RoundMoved>(
      actor,
      (tx) => look(deps, tx, actor, wanted),
      async (tx, { answer, round, to, madeBy }): Promise<Answer<RoundMoved>> => {
        if (answer !== null) return aboutNobody(answer);
        const waited = await waiting.childrenOfRound(tx, round.id);
        const { idempotencyKey } = wanted;
        const finished = await carryOut(deps, tx, round, to, { move: 'FINISH', madeBy, idempotencyKey });
        await tellFamiliesOfRound(tx, deps, round.id, waited);
        return aboutNobody(accept(finished));
      },
    ),
  );

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: RoundToMove): Promise<Found> {
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
  const { personId: madeBy } = actor;
  const { round, isDone } = await meetRound(tx, madeBy, wanted, 'FINISH');
  if (isDone) return { answer: accept(round), round, to: round.state, madeBy };
  const hasOpenOffers = await offers.areOpenInRound(tx, round.id);
  const decision = decideMove(round, { move: 'finish', hasOpenOffers });
  if (!decision.ok) return { answer: decision, round, to: round.state, madeBy };
  return { answer: null, round, to: decision.value, madeBy };
}
