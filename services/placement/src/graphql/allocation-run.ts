import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Summary } from '../domain/compare.ts';
import type { RunPlacement } from '../domain/run-reading.ts';
import {
  type ReadRun,
  compareRuns,
  outcomeOf,
  placementsIn,
  readCheckPage,
  readOverrides,
  readPublishing,
  readRuns,
  readScenario,
  readScenarios,
} from '../usecases/read-runs.ts';
import { readWhatIf } from '../usecases/what-if.ts';
import { toNamedGroup } from './admission-rules.ts';
import type { Context } from './context.ts';
import type {
  AdmissionRoundResolvers,
  AllocationPlacementResolvers,
  AllocationRunResolvers,
  AllocationScenarioResolvers,
  AllocationSummary,
  QueryResolvers,
  RunComparisonResolvers,
} from './generated/types.ts';
import { toAllocationRefused } from './allocation-refused.ts';
import { said } from './refusal-texts.ts';
import { namedApplications, shownOrNull } from './named-applications.ts';

export const toShownSummary = ({
  byWish,
  withRightWithout,
  splitFamilies,
  ...rest
}: Summary): AllocationSummary => ({
  ...{ ...rest, byWish: [...byWish] },
  ...{ withRightWithout: withRightWithout.length, splitFamilies: splitFamilies.length },
});

async function keptRun({ keptRuns }: Context, runId: string): Promise<ReadRun> {
  const found = await keptRuns.load(runId);
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

export const allocationRun: AllocationRunResolvers<Context> = {
  whatIf: async ({ id: runId }, { applicationId, unitIds }, { deps, actor }) => {
    if (!isId(applicationId)) throw new AppError('NOT_FOUND');
    const found = await readWhatIf(deps, actor, { runId, applicationId, unitIds });
    if (!found.ok)
      return {
        ...{ __typename: 'AllocationRefused', ...said(found.refusal.kind), state: null },
        problems: found.refusal.kind === 'E_INVALID' ? [...found.refusal.problems] : [],
        findings: [],
      };
    return {
      ...{ __typename: 'WhatIf', placement: found.value.placement },
      wishes: found.value.outcomes.map(({ k, outcome }) => ({ unit: { id: k }, outcome: outcomes[outcome] })),
    };
  },
  scenario: ({ scenarioId }, _args, { deps, actor }) =>
    scenarioId === null ? null : readScenario(deps, actor, scenarioId),
  madeById: ({ madeBy }) => madeBy,
  madeAt: ({ madeAt }) => madeAt.toISOString(),
  summary: async ({ id }, _args, context) => toShownSummary(outcomeOf(await keptRun(context, id)).summary),
  pools: async ({ id }, _args, context) =>
    outcomeOf(await keptRun(context, id)).pools.map(({ unitId, group, reserve, seats, filled }) => ({
      ...{ unit: { id: unitId }, group: toNamedGroup(group), reserve, seats, filled },
    })),
  placements: async ({ id }, { onlyRightWithout, ...args }, context) => {
    const { first, after } = readPage(args);
    if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const found = placementsIn(await keptRun(context, id), { onlyRightWithout, first, after });
    return toPage(found, first, after, ({ applicationId }: RunPlacement) => applicationId);
  },
};

const outcomes = { offered: 'OFFERED', 'not-needed': 'NOT_NEEDED', rejected: 'REJECTED' } as const;

export const allocationPlacement: AllocationPlacementResolvers<Context> = {
  application: async ({ applicationId }, _args, context) => {
    const application = await shownOrNull(context, applicationId);
    if (application === null) throw new AppError('NOT_FOUND');
    return application;
  },
  unit: ({ place }) => (place === null ? null : { id: place.unitId }),
  group: ({ place }) => (place === null ? null : toNamedGroup(place.group)),
  via: ({ place }) => place?.via ?? null,
  wish: ({ place }) => place?.wish ?? null,
};

export const allocationScenario: AllocationScenarioResolvers<Context> = {
  changeCount: ({ changes: { rules, overrides } }) => rules.length + overrides.length,
  savedById: ({ savedBy }) => savedBy,
  savedAt: ({ savedAt }) => savedAt.toISOString(),
};

export const runComparison: RunComparisonResolvers<Context> = {
  first: ({ first }) => toShownSummary(first),
  second: ({ second }) => toShownSummary(second),
  byGroup: ({ byGroup }) =>
    Object.entries(byGroup).map(([group, { first, second }]) => ({
      ...{ group: toNamedGroup(group), first: toShownSummary(first), second: toShownSummary(second) },
    })),
  gain: ({ gain }, _args, context) => namedApplications(context, gain),
  lose: ({ lose }, _args, context) => namedApplications(context, lose),
};

export const runQueries: Required<Pick<QueryResolvers<Context>, 'compareRuns'>> = {
  compareRuns: async (_parent, { runId: first, withRunId: second }, { deps, actor }) => {
    if (!isId(first) || !isId(second)) throw new AppError('NOT_FOUND');
    return compareRuns(deps, actor, { first, second });
  },
};

type OfRound = Required<
  Pick<AdmissionRoundResolvers<Context>, 'runs' | 'scenarios' | 'checkPage' | 'overrides' | 'publishing'>
>;
export const runsOfRound: OfRound = {
  runs: async ({ id: roundId }, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
    const found = await readRuns(deps, actor, { roundId, first, after });
    return found === null ? null : toPage(found, first, after, ({ id }) => id);
  },
  scenarios: ({ id }, _args, { deps, actor }) => readScenarios(deps, actor, id),
  overrides: ({ id }, _args, { deps, actor }) => readOverrides(deps, actor, id),
  publishing: async ({ id }, _args, { deps, actor }) => {
    const found = await readPublishing(deps, actor, id);
    if (found === null) return null;
    const { askedBy: askedById, askedAt, refusal } = found;
    return {
      ...{ askedById, askedAt: askedAt.toISOString() },
      refusal: refusal === null ? null : toAllocationRefused(refusal),
    };
  },
  checkPage: async ({ id }, _args, { deps, actor }) => {
    const found = await readCheckPage(deps, actor, id);
    if (found === null) return null;
    const { run, findings, occupancy } = found;
    return {
      run,
      findings,
      occupancy: occupancy.map(({ unitId, ...one }) => ({ ...one, unit: { id: unitId } })),
    };
  },
};
