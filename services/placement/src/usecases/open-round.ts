import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type OpeningRefusal, type UnitToOpen, decideOpening, marketsOf } from '../domain/round-plan.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { type RoundRefusal, decideMove } from '../domain/round.ts';
import { commitmentOf } from '../domain/snapshot.ts';
import * as rounds from '../store/rounds.ts';
import * as seats from '../store/seat-decisions.ts';
import * as statutes from '../store/statutes.ts';
import { carryOut, meetRound } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';

export type RoundOpened = Result<StoredRound, RoundRefusal | OpeningRefusal>;

type Found =
  | { readonly answer: RoundOpened }
  | {
      readonly answer: null;
      readonly round: StoredRound;
      readonly madeBy: string;
      readonly pinned: rounds.Opening['statutes'];
    };

/**
 * Opens a round: from now on families apply. The seed is drawn and the statutes of each unit are kept to, whatever is adopted later;
 * the seed's hash is published at once and the seed with the result (placement § 4).
 */
export const openRound = (deps: Deps, actor: Actor, wanted: RoundToMove): Promise<RoundOpened> =>
  twice(() =>
    deps.db.decide<Found, RoundOpened>(
      actor,
      (tx) => look(deps, tx, actor, wanted),
      async (tx, found): Promise<Answer<RoundOpened>> => {
        if (found.answer !== null) return aboutNobody(found.answer);
        const { round, madeBy, pinned } = found;
        const seed = deps.newSeed();
        const isStill = await rounds.prepareOpening(tx, round, {
          ...{ seed, commitment: commitmentOf(seed), drawnAt: deps.now(), statutes: pinned },
        });
        if (!isStill) throw new AppError('CONFLICT', 'somebody else did something with the round');
        const { idempotencyKey } = wanted;
        const opened = { move: 'OPEN', madeBy, idempotencyKey } as const;
        return aboutNobody(accept(await carryOut(deps, tx, round, 'open', opened)));
      },
    ),
  );

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: RoundToMove): Promise<Found> {
  const now = deps.now();
  const today = localDateAt(now);
  mayRunAdmission(actor, await loadFacts(tx, actor, [], today));
  const { personId: madeBy } = actor;
  const { round, isDone } = await meetRound(tx, madeBy, wanted, 'OPEN');
  if (isDone) return { answer: accept(round) };
  const move = decideMove(round, { move: 'open' });
  if (!move.ok) return { answer: move };
  const opening = decideOpening(round, await unitsOf(tx, round, today), now);
  return opening.ok ? { answer: null, round, madeBy, pinned: opening.value } : { answer: opening };
}

async function unitsOf(tx: Tx, round: StoredRound, today: string): Promise<readonly UnitToOpen[]> {
  const inForce = await statutes.inForce(tx, round.unitIds, today);
  const groups = marketsOf(round);
  const decided = (await seats.inForce(tx, [round.id])).filter(({ group }) => groups.includes(group));
  return round.unitIds.map((unitId) => ({
    unitId,
    statuteId: inForce.find((one) => one.unitId === unitId)?.id ?? null,
    hasSeats: decided.some((one) => one.unitId === unitId),
  }));
}
