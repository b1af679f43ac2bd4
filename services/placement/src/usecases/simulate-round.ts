import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type RoundRefusal, isChangeable } from '../domain/round.ts';
import type { StoredRound } from '../domain/round-record.ts';
import * as runs from '../store/runs.ts';
import type { StoredRun, StoredScenario } from '../domain/run-record.ts';
import * as scenarios from '../store/scenarios.ts';
import { roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';
import { type RunInvalid, prepareRun, seedOf, simulationSeed, toRun } from './prepare-run.ts';
import { requireSame } from './require-same.ts';

export type RunMade = Result<StoredRun, RoundRefusal | RunInvalid>;

interface Found {
  readonly answer: RunMade | null;
  readonly round: StoredRound;
  readonly scenario: StoredScenario | null;
  readonly madeBy: string;
}

/**
 * Computes what would come of a round, and keeps it. Nothing else changes, and it may be done any number of times until the round is published
 * (placement § 8, § 10). Until it is allocated, its own seed is not used.
 */
export const simulateRound = (
  deps: Deps,
  actor: Actor,
  wanted: RoundToMove & { readonly scenarioId: string | null },
): Promise<RunMade> =>
  twice(() =>
    deps.db.decide<Found, RunMade>(
      actor,
      (tx) => look(deps, tx, actor, wanted),
      async (tx, { answer, round, scenario, madeBy }): Promise<Answer<RunMade>> => {
        if (answer !== null) return aboutNobody(answer);
        const own = round.state === 'allocated' ? await seedOf(tx, round) : simulationSeed(round);
        const draw = { seed: scenario?.seed ?? own, changes: scenario?.changes ?? null };
        const prepared = await prepareRun(tx, round, draw);
        if (!prepared.ok) return aboutNobody(prepared);
        const { idempotencyKey } = wanted;
        const made = {
          ...{
            id: deps.newId(),
            roundId: round.id,
            roundVersion: round.version,
            purpose: 'SIMULATION' as const,
          },
          ...{ ...toRun(prepared.value), scenarioId: scenario?.id ?? null, madeBy, madeAt: deps.now() },
        };
        if (!(await runs.insert(tx, { ...made, idempotencyKey })))
          throw new AppError('CONFLICT', 'it is being simulated');
        return aboutNobody(accept(made));
      },
    ),
  );

async function look(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { roundId, scenarioId, idempotencyKey }: Parameters<typeof simulateRound>[2],
): Promise<Found> {
  mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
  const { personId: madeBy } = actor;
  const round = await roundBy(tx, roundId);
  const known = await runs.byKey(tx, madeBy, idempotencyKey);
  if (known !== undefined) {
    requireSame(
      known.purpose === 'SIMULATION' && known.roundId === roundId && known.scenarioId === scenarioId,
    );
    return { answer: accept(known), round, scenario: null, madeBy };
  }
  const scenario = scenarioId === null ? null : await scenarios.byId(tx, scenarioId);
  if (scenario === undefined || (scenario !== null && scenario.roundId !== roundId))
    throw new AppError('NOT_FOUND');
  const answer = isChangeable(round.state, 'simulations')
    ? null
    : refuse({ kind: 'E_STATE' as const, state: round.state });
  return { answer, round, scenario, madeBy };
}
