import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type RoundRefusal, decideMove } from '../domain/round.ts';
import type { StoredRound } from '../domain/round-record.ts';
import * as runs from '../store/runs.ts';
import { carryOut, meetRound, roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundMoved, RoundToMove } from './move-round.ts';
import { type RunInvalid, prepareRun, seedOf, toRun } from './prepare-run.ts';

export type RoundAllocated = Result<StoredRound, RoundRefusal | RunInvalid>;

interface Found {
  readonly answer: RoundAllocated | null;
  readonly madeBy: string;
}

/** Allocates a closed round with its own seed. Nobody is told before it is published; until then it can be given up and done again. */
export const allocateRound = (deps: Deps, actor: Actor, wanted: RoundToMove): Promise<RoundAllocated> =>
  twice(() =>
    deps.db.decide<Found, RoundAllocated>(
      actor,
      (tx) => look(deps, tx, actor, wanted),
      async (tx, { answer, madeBy }): Promise<Answer<RoundAllocated>> => {
        if (answer !== null) return aboutNobody(answer);
        await runs.hold(tx, wanted.roundId);
        const round = await roundBy(tx, wanted.roundId);
        const decision = decideMove(round, { move: 'allocate' });
        if (!decision.ok) return aboutNobody(decision);
        const prepared = await prepareRun(tx, round, { seed: await seedOf(tx, round), changes: null });
        if (!prepared.ok) return aboutNobody(prepared);
        const { idempotencyKey } = wanted;
        const allocated = await carryOut(deps, tx, round, decision.value, {
          ...{ move: 'ALLOCATE', madeBy, idempotencyKey },
        });
        const isNew = await runs.insert(tx, {
          ...{ id: deps.newId(), roundId: round.id, roundVersion: allocated.version, purpose: 'FINAL' },
          ...{ ...toRun(prepared.value), scenarioId: null, madeBy, madeAt: deps.now(), idempotencyKey },
        });
        if (!isNew) throw new AppError('BAD_USER_INPUT', 'the key names something else');
        return aboutNobody(accept(allocated));
      },
    ),
  );

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: RoundToMove): Promise<Found> {
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
  const { personId: madeBy } = actor;
  const { round, isDone } = await meetRound(tx, madeBy, wanted, 'ALLOCATE');
  if (isDone) return { answer: accept(round), madeBy };
  const decision = decideMove(round, { move: 'allocate' });
  return { answer: decision.ok ? null : decision, madeBy };
}

/** Gives up what was allocated, for a reason, before anybody is told of it. What was computed stays as its own trace. */
export const discardAllocation = (
  deps: Deps,
  actor: Actor,
  wanted: RoundToMove & { readonly reason: string },
): Promise<RoundMoved> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundMoved>> => {
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
      const { personId: madeBy } = actor;
      const { round, isDone } = await meetRound(tx, madeBy, wanted, 'DISCARD');
      if (isDone) return aboutNobody(accept(round));
      const reason = wanted.reason.trim();
      const decision = decideMove(round, { move: 'discard', reason });
      if (!decision.ok) return aboutNobody(decision);
      const { idempotencyKey } = wanted;
      const made = { move: 'DISCARD', reason, madeBy, idempotencyKey } as const;
      return aboutNobody(accept(await carryOut(deps, tx, round, decision.value, made)));
    }),
  );
