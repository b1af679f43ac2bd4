import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { readRule } from '../domain/read-instance.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { isChangeable } from '../domain/round.ts';
import { type HandRefusal, wrongWith } from '../domain/run-decisions.ts';
import type { ScenarioChanges } from '../domain/run-facts.ts';
import * as scenarios from '../store/scenarios.ts';
import type { StoredScenario } from '../domain/run-record.ts';
import { roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';
import { termsFor } from './override-round.ts';
import { type RunInvalid, simulationSeed } from './prepare-run.ts';
import { requireSame } from './require-same.ts';

export type ScenarioSaved = Result<StoredScenario, HandRefusal | RunInvalid>;

/** Keeps a scenario by its name; one that has the name already stays as an earlier version. Nothing else changes by it (placement § 10). */
export const saveScenario = (
  deps: Deps,
  actor: Actor,
  {
    roundId,
    idempotencyKey,
    ...wanted
  }: RoundToMove & {
    readonly name: string;
    /** Left out: that with which all simulations are drawn. */
    readonly seed: string | null;
    readonly changes: ScenarioChanges;
  },
): Promise<ScenarioSaved> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<ScenarioSaved>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: savedBy } = actor;
      const round = await roundBy(tx, roundId);
      const known = await scenarios.byKey(tx, savedBy, idempotencyKey);
      if (known !== undefined) {
        requireSame(known.roundId === roundId && known.name === wanted.name);
        return aboutNobody(accept(known));
      }
      if (!isChangeable(round.state, 'simulations'))
        return aboutNobody(refuse({ kind: 'E_STATE' as const, state: round.state }));
      const { rules, overrides } = wanted.changes;
      const terms = await termsFor(tx, round, overrides);
      const wrong = overrides.map((one) => wrongWith(one, terms)).find((one) => one !== null);
      if (wrong !== undefined) return aboutNobody(refuse({ kind: wrong }));
      if (rules.some(({ unitId }) => !round.unitIds.includes(unitId)))
        return aboutNobody(refuse({ kind: 'E_UNKNOWN_K' as const }));
      const problems = rules.flatMap(({ unitId, priority }) =>
        readRule(priority).problems.map(({ code, path }) => ({ code, at: `${unitId} ${path}` })),
      );
      if (problems.length > 0) return aboutNobody(refuse({ kind: 'E_INVALID' as const, problems }));
      const seed = wanted.seed ?? simulationSeed(round);
      const { name, changes } = wanted;
      const made = { id: deps.newId(), roundId, name, seed, changes, savedBy, savedAt: now, idempotencyKey };
      await scenarios.insert(tx, made);
      const saved = await scenarios.byKey(tx, savedBy, idempotencyKey);
      if (saved === undefined) throw new AppError('CONFLICT', 'the name is being saved');
      return aboutNobody(accept(saved));
    }),
  );
