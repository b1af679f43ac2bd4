import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { Override } from '../domain/round-instance.ts';
import type { StoredRound } from '../domain/round-record.ts';
import type { RoundRefusal } from '../domain/round.ts';
import { allocateRound, discardAllocation } from '../usecases/allocate-round.ts';
import { decideRight } from '../usecases/decide-right.ts';
import {
  type OverrideDecided,
  approveOverride,
  overrideRound,
  withdrawOverride,
} from '../usecases/override-round.ts';
import type { RunInvalid } from '../usecases/prepare-run.ts';
import { publishRound } from '../usecases/publish-round.ts';
import { readDisplaced } from '../usecases/read-runs.ts';
import { saveScenario } from '../usecases/save-scenario.ts';
import { simulateRound } from '../usecases/simulate-round.ts';
import { groups } from './admission-rules.ts';
import { toAllocationRefused } from './allocation-refused.ts';
import { toRule } from './adopt-statutes.ts';
import { requireKey, requireText } from './change-admission-round.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, OverrideInput } from './generated/types.ts';
import { shownOrNull } from './named-applications.ts';

const mostChanges = 1000;
const mostSeats = 10_000;
const mostSeen = 10_000;

const toMoved = (result: Result<StoredRound, RoundRefusal | RunInvalid>) =>
  result.ok
    ? ({ __typename: 'AdmissionRoundMoved', round: result.value } as const)
    : toAllocationRefused(result.refusal);

function toOverride({ kind, unitId, applicationId, group, seats }: OverrideInput): Override {
  if (!isId(unitId)) throw new AppError('NOT_FOUND');
  if (kind !== 'SEATS') {
    if (applicationId == null || group != null || seats != null)
      throw new AppError('BAD_USER_INPUT', 'a child is put on a seat, or kept from a unit');
    if (!isId(applicationId)) throw new AppError('NOT_FOUND');
    return { kind, unitId, applicationId };
  }
  if (applicationId != null || group == null || seats == null || seats > mostSeats)
    throw new AppError('BAD_USER_INPUT', 'seats are changed for an age group, and are 0 to 10,000');
  return { kind, unitId, group: groups[group], seats };
}

function requireIds(...ids: readonly string[]): void {
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
}

async function toOverridden({ deps, actor }: Context, result: OverrideDecided) {
  if (!result.ok) return toAllocationRefused(result.refusal);
  const { override, displaced } = result.value;
  const seen = displaced === null ? null : await readDisplaced(deps, actor, override.roundId, displaced);
  return { __typename: 'RoundOverridden', override, displaced: seen } as const;
}

type Mutations = Required<
  Pick<
    MutationResolvers<Context>,
    | 'simulateRound'
    | 'saveScenario'
    | 'allocateRound'
    | 'discardAllocation'
    | 'publishRound'
    | 'overrideRound'
    | 'approveOverride'
    | 'withdrawOverride'
    | 'decideRight'
  >
>;

export const allocationMutations: Mutations = {
  simulateRound: async (_parent, { input: { scenarioId = null, ...input } }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    requireIds(input.roundId, ...(scenarioId === null ? [] : [scenarioId]));
    const result = await simulateRound(deps, actor, { ...input, scenarioId });
    return result.ok
      ? { __typename: 'RoundSimulated', run: result.value }
      : toAllocationRefused(result.refusal);
  },
  saveScenario: async (
    _parent,
    { input: { rules = [], overrides = [], seed, ...input } },
    { deps, actor },
  ) => {
    requireKey(input.idempotencyKey);
    const name = input.name.trim();
    requireText(name, 100);
    requireText(seed ?? '', 100);
    if (name === '' || seed === '')
      throw new AppError('BAD_USER_INPUT', 'a scenario has a name, and a seed is a text');
    if (rules.length + overrides.length > mostChanges)
      throw new AppError('BAD_USER_INPUT', 'at most 1,000 changes in a scenario');
    requireIds(input.roundId, ...rules.map(({ unitId }) => unitId));
    const changes = {
      rules: rules.map(({ unitId, priority }) => ({ unitId, priority: toRule(priority) })),
      overrides: overrides.map(toOverride),
    };
    const result = await saveScenario(deps, actor, { ...input, name, seed: seed ?? null, changes });
    return result.ok
      ? { __typename: 'ScenarioSaved', scenario: result.value }
      : toAllocationRefused(result.refusal);
  },
  allocateRound: async (_parent, { input }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    requireIds(input.roundId);
    return toMoved(await allocateRound(deps, actor, input));
  },
  discardAllocation: async (_parent, { input }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    requireText(input.reason, 2000);
    requireIds(input.roundId);
    return toMoved(await discardAllocation(deps, actor, input));
  },
  publishRound: async (_parent, { input }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    requireIds(input.roundId);
    if (input.seen.length > mostSeen)
      throw new AppError('BAD_USER_INPUT', 'at most 10,000 findings are seen');
    return toMoved(await publishRound(deps, actor, input));
  },
  overrideRound: async (_parent, { input: { override, ...input } }, context) => {
    requireKey(input.idempotencyKey);
    requireText(input.reason, 2000);
    requireIds(input.roundId);
    const { deps, actor } = context;
    return toOverridden(
      context,
      await overrideRound(deps, actor, { ...input, override: toOverride(override) }),
    );
  },
  approveOverride: async (_parent, { input: { overrideId } }, { deps, actor }) => {
    requireIds(overrideId);
    const result = await approveOverride(deps, actor, { overrideId });
    return result.ok
      ? { __typename: 'RoundOverridden', override: result.value, displaced: null }
      : toAllocationRefused(result.refusal);
  },
  withdrawOverride: async (_parent, { input }, context) => {
    requireText(input.reason, 2000);
    requireIds(input.overrideId);
    const { deps, actor } = context;
    return toOverridden(context, await withdrawOverride(deps, actor, input));
  },
  decideRight: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireText(input.reason, 2000);
    requireIds(input.applicationId);
    const { deps, actor } = context;
    const result = await decideRight(deps, actor, input);
    if (!result.ok) return toAllocationRefused(result.refusal);
    const application = await shownOrNull(context, result.value.applicationId);
    if (application === null) throw new AppError('NOT_FOUND');
    return { __typename: 'RightDecided', application, hasRight: result.value.hasRight };
  },
};
