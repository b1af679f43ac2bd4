import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { displacedBy } from '../domain/compare-runs.ts';
import type { Override } from '../domain/round-instance.ts';
import { marketsOf } from '../domain/round-plan.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { isChangeable } from '../domain/round.ts';
import { type HandRefusal, decideApproval, decideByHand } from '../domain/run-decisions.ts';
import * as applications from '../store/applications.ts';
import * as overrides from '../store/overrides.ts';
import type { StoredOverride } from '../domain/run-record.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import type { RoundToMove } from './move-round.ts';
import { type RunInvalid, prepareRun, simulationSeed, toKept } from './prepare-run.ts';
import { requireSame } from './require-same.ts';

/** What was decided by hand, and who has another place by it: as simulated, as nobody sees the draw beforehand. */
export interface Overridden {
  readonly override: StoredOverride;
  /** Applications that do better, and worse, than without it. Null where nothing can be computed yet. */
  readonly displaced: { readonly gain: readonly string[]; readonly lose: readonly string[] } | null;
}

export type OverrideDecided = Result<Overridden, HandRefusal | RunInvalid>;

const isSameOverride = (one: Override, other: Override): boolean =>
  one.unitId === other.unitId &&
  (one.kind === 'SEATS'
    ? other.kind === 'SEATS' && one.group === other.group && one.seats === other.seats
    : one.kind === other.kind && one.applicationId === other.applicationId);

/** Puts a child on a seat, keeps one from a unit, or changes seats, with a reason and before anything is allocated (placement § 10). */
export const overrideRound = (
  deps: Deps,
  actor: Actor,
  {
    roundId,
    idempotencyKey,
    ...wanted
  }: RoundToMove & { readonly override: Override; readonly reason: string },
): Promise<OverrideDecided> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<OverrideDecided>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: decidedBy } = actor;
      const round = await roundBy(tx, roundId);
      const known = await overrides.byKey(tx, decidedBy, idempotencyKey);
      if (known !== undefined) {
        requireSame(known.roundId === roundId && isSameOverride(known.override, wanted.override));
        return aboutNobody(accept({ override: known, displaced: null }));
      }
      const decision = decideByHand(
        wanted.override,
        wanted.reason,
        await termsFor(tx, round, [wanted.override]),
      );
      if (!decision.ok) return aboutNobody(decision);
      const displaced = await displacedWith(tx, round, decision.value.override);
      if (!displaced.ok) return aboutNobody(displaced);
      const id = deps.newId();
      const made = { id, roundId, decidedBy, decidedAt: now, idempotencyKey };
      await overrides.insert(tx, { ...decision.value, ...made });
      const override = await overrides.byKey(tx, decidedBy, idempotencyKey);
      if (override === undefined) throw new AppError('CONFLICT', 'it is being decided');
      return aboutNobody(accept({ override, displaced: displaced.value }));
    }),
  );

/** What a decision by hand in a round, or in a scenario of it, is judged by. */
export async function termsFor(tx: Tx, round: StoredRound, wanted: readonly Override[]) {
  const named = wanted.flatMap((one) => (one.kind === 'SEATS' ? [] : [one.applicationId]));
  const found = await applications.byIds(tx, named);
  return {
    ...{ state: round.state, unitIds: round.unitIds, groups: marketsOf(round) },
    applicationIds: new Set(found.flatMap((one) => (one.roundId === round.id ? [one.id] : []))),
  };
}

/** Who would have another place by a decision; refused where there is no seat for it. */
async function displacedWith(
  tx: Tx,
  round: StoredRound,
  override: Override,
): Promise<Result<Overridden['displaced'], RunInvalid>> {
  const seed = simulationSeed(round);
  const without = await prepareRun(tx, round, { seed, changes: null });
  // A round that cannot be computed yet may be so later; the decision holds then.
  if (!without.ok) return accept(null);
  const having = await prepareRun(tx, round, { seed, changes: { rules: [], overrides: [override] } });
  return having.ok ? accept(displacedBy(toKept(without.value), toKept(having.value))) : having;
}

/** Approves what somebody else has decided by hand, where the round asks for two. */
export const approveOverride = (
  deps: Deps,
  actor: Actor,
  { overrideId }: { readonly overrideId: string },
): Promise<Result<StoredOverride, HandRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<StoredOverride, HandRefusal>>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const known = await overrideBy(tx, overrideId);
      if (known.approvedBy === actor.personId) return aboutNobody(accept(known));
      const { state } = await roundBy(tx, known.roundId);
      const decision = decideApproval(
        { ...known, isWithdrawn: known.withdrawn !== null },
        actor.personId,
        state,
      );
      if (!decision.ok) return aboutNobody(decision);
      if (!(await overrides.approve(tx, overrideId, actor.personId, now)))
        throw new AppError('CONFLICT', 'somebody approved it at the same time');
      return aboutNobody(accept(await overrideBy(tx, overrideId)));
    }),
  );

/** Takes back what was decided by hand, with a reason. What was decided stays as its own trace. */
export const withdrawOverride = (
  deps: Deps,
  actor: Actor,
  { overrideId, reason }: { readonly overrideId: string; readonly reason: string },
): Promise<OverrideDecided> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<OverrideDecided>> => {
      const now = deps.now();
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const known = await overrideBy(tx, overrideId);
      if (known.withdrawn !== null) return aboutNobody(accept({ override: known, displaced: null }));
      const round = await roundBy(tx, known.roundId);
      if (!isChangeable(round.state, 'overrides'))
        return aboutNobody(refuse({ kind: 'E_STATE' as const, state: round.state }));
      if (reason.trim() === '') return aboutNobody(refuse({ kind: 'E_NO_REASON' as const }));
      const seed = simulationSeed(round);
      const having = await prepareRun(tx, round, { seed, changes: null });
      if (!(await overrides.withdraw(tx, overrideId, actor.personId, reason.trim(), now)))
        throw new AppError('CONFLICT', 'somebody took it back at the same time');
      const without = await prepareRun(tx, round, { seed, changes: null });
      const displaced =
        having.ok && without.ok ? displacedBy(toKept(having.value), toKept(without.value)) : null;
      return aboutNobody(accept({ override: await overrideBy(tx, overrideId), displaced }));
    }),
  );

async function overrideBy(tx: Tx, id: string): Promise<StoredOverride> {
  const override = await overrides.byId(tx, id);
  if (override === undefined) throw new AppError('NOT_FOUND');
  return override;
}
