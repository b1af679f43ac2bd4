import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type PlanRefusal, type RoundPlan, decidePlan } from '../domain/round-plan.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { type RoundRefusal, isChangeable } from '../domain/round.ts';
import * as rounds from '../store/rounds.ts';
import * as units from '../store/units.ts';
import { carryOut, meetRound, roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';

export type RoundPlanned = Result<StoredRound, PlanRefusal | RoundRefusal>;

/** Plans a round of admission, which nobody but case workers sees before it opens. */
export const planRound = (
  deps: Deps,
  actor: Actor,
  { idempotencyKey, ...wanted }: RoundPlan & { readonly idempotencyKey: string },
): Promise<RoundPlanned> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundPlanned>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: madeBy } = actor;
      const known = await rounds.byKey(tx, madeBy, idempotencyKey);
      if (known !== undefined) return aboutNobody(accept(known));
      const decision = decidePlan(wanted, await units.kinds(tx, wanted.unitIds));
      if (!decision.ok) return aboutNobody(decision);
      const plan = decision.value;
      const id = deps.newId();
      const isNew = await rounds.insert(tx, {
        ...{ ...plan, id, plannedBy: madeBy, plannedAt: now, idempotencyKey },
      });
      if (!isNew) throw new AppError('CONFLICT', 'the round is being planned');
      const draft = { id, state: 'draft', version: 0 } as const;
      const planned = { move: 'PLAN', plan, madeBy, idempotencyKey } as const;
      return aboutNobody(accept(await carryOut(deps, tx, draft, 'draft', planned)));
    }),
  );

/** Plans a draft anew, as a whole, as whoever does it has read it: what somebody else has changed meanwhile is not overwritten. */
export const changeRound = (
  deps: Deps,
  actor: Actor,
  wanted: RoundPlan & RoundToMove & { readonly version: number },
): Promise<RoundPlanned> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<RoundPlanned>> => {
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
      const { roundId, idempotencyKey, version, ...terms } = wanted;
      const { personId: madeBy } = actor;
      const { round, isDone } = await meetRound(tx, madeBy, wanted, 'CHANGE');
      if (isDone) return aboutNobody(accept(round));
      const { state } = round;
      if (!isChangeable(state, 'dates')) return aboutNobody(refuse({ kind: 'E_STATE', state }));
      if (round.version !== version) throw new AppError('CONFLICT', 'somebody else changed the round');
      const decision = decidePlan(terms, await units.kinds(tx, terms.unitIds));
      if (!decision.ok) return aboutNobody(decision);
      const plan = decision.value;
      await carryOut(deps, tx, round, state, { move: 'CHANGE', plan, madeBy, idempotencyKey });
      await rounds.change(tx, roundId, plan);
      return aboutNobody(accept(await roundBy(tx, roundId)));
    }),
  );
