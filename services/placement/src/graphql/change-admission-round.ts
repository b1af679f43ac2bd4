import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { OpeningRefusal, OtherStatutesRefusal, PlanRefusal, RoundPlan } from '../domain/round-plan.ts';
import type { StoredRound } from '../domain/round-record.ts';
import type { RoundKind, RoundRefusal } from '../domain/round.ts';
import { changeRoundStatutes } from '../usecases/change-round-statutes.ts';
import { finishRound } from '../usecases/finish-round.ts';
import { closeRound, grantGrace, openAppeals } from '../usecases/move-round.ts';
import { openRound } from '../usecases/open-round.ts';
import { type RoundPlanned, changeRound, planRound } from '../usecases/plan-round.ts';
import { approveReopening, proposeReopening } from '../usecases/reopen-round.ts';
import { toShownState } from './admission-round.ts';
import { toConfig } from './admission-rules.ts';
import type { Context } from './context.ts';
import type { AdmissionRoundKind, AdmissionRoundPlanInput, MutationResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const planKinds = {
  ...{ TRANSFER: 'transfer', MAIN: 'main', SUPPLEMENTARY: 'supplementary' },
  ...{ CONTINUOUS: 'continuous', SFO: 'sfo' },
} as const satisfies Record<AdmissionRoundKind, RoundKind>;
const mostUnits = 1000;

export function requireKey(key: string): void {
  if (key.length < 1 || key.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
}
export function requireText(text: string, most: number): void {
  if (text.length > most) throw new AppError('BAD_USER_INPUT', `a text has at most ${most} characters`);
}

function toPlan({ wishLimit = 5, yearBegins = '08-01', rules, ...plan }: AdmissionRoundPlanInput): RoundPlan {
  const title = plan.title.trim();
  requireText(title, 200);
  if (title === '') throw new AppError('BAD_USER_INPUT', 'a round has a title');
  if (plan.admissionYear < 2000 || plan.admissionYear > 2200)
    throw new AppError('BAD_USER_INPUT', 'an admission year is 2000 to 2200');
  if (wishLimit < 1 || wishLimit > 10) throw new AppError('BAD_USER_INPUT', 'a family has 1 to 10 wishes');
  if (!/^08-(0[1-9]|[12]\d|3[01])$/.test(yearBegins))
    throw new AppError('BAD_USER_INPUT', 'a kindergarten year begins in August');
  if (plan.unitIds.length > mostUnits) throw new AppError('BAD_USER_INPUT', 'at most 1,000 units');
  if (!plan.unitIds.every(isId)) throw new AppError('NOT_FOUND');
  return {
    ...{ title, admissionYear: plan.admissionYear, deadline: plan.deadline ?? null, wishLimit, yearBegins },
    ...{ kind: planKinds[plan.kind], config: toConfig(rules ?? {}), unitIds: [...new Set(plan.unitIds)] },
  };
}

type Refusal = PlanRefusal | OpeningRefusal | OtherStatutesRefusal | RoundRefusal;
function toRefused(refusal: Refusal) {
  const unitIds = 'unitIds' in refusal ? refusal.unitIds : [];
  return {
    ...({ __typename: 'AdmissionRoundRefused', ...said(refusal.kind) } as const),
    state: 'state' in refusal ? toShownState(refusal.state) : null,
    deadline: 'deadline' in refusal ? refusal.deadline.toISOString() : null,
    units: unitIds.map((id) => ({ id })),
    places: 'places' in refusal ? [...refusal.places] : [],
  };
}

const toPlanned = (result: RoundPlanned) =>
  result.ok
    ? ({ __typename: 'AdmissionRoundPlanned', round: result.value } as const)
    : toRefused(result.refusal);
const toMoved = (result: Result<StoredRound, Refusal>) =>
  result.ok
    ? ({ __typename: 'AdmissionRoundMoved', round: result.value } as const)
    : toRefused(result.refusal);

function requireRound({ roundId, idempotencyKey }: { roundId: string; idempotencyKey: string }): void {
  requireKey(idempotencyKey);
  if (!isId(roundId)) throw new AppError('NOT_FOUND');
}

type Mutations = Required<
  Pick<
    MutationResolvers<Context>,
    | 'planAdmissionRound'
    | 'changeAdmissionRound'
    | 'openAdmissionRound'
    | 'closeAdmissionRound'
    | 'reopenAdmissionRound'
    | 'approveAdmissionRoundReopening'
    | 'grantGrace'
    | 'changeRoundStatutes'
    | 'openAppeals'
    | 'finishAdmissionRound'
  >
>;

export const roundMutations: Mutations = {
  planAdmissionRound: async (_parent, { input: { plan, idempotencyKey } }, { deps, actor }) => {
    requireKey(idempotencyKey);
    return toPlanned(await planRound(deps, actor, { ...toPlan(plan), idempotencyKey }));
  },
  changeAdmissionRound: async (_parent, { input: { plan, ...round } }, { deps, actor }) => {
    requireRound(round);
    return toPlanned(await changeRound(deps, actor, { ...toPlan(plan), ...round }));
  },
  openAdmissionRound: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    return toMoved(await openRound(deps, actor, input));
  },
  closeAdmissionRound: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    return toMoved(await closeRound(deps, actor, input));
  },
  reopenAdmissionRound: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    requireText(input.reason, 2000);
    const result = await proposeReopening(deps, actor, input);
    return result.ok
      ? { __typename: 'RoundReopeningProposed', reopening: result.value }
      : toRefused(result.refusal);
  },
  approveAdmissionRoundReopening: async (_parent, { input }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.reopeningId)) throw new AppError('NOT_FOUND');
    return toMoved(await approveReopening(deps, actor, input));
  },
  grantGrace: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    requireText(input.reason, 2000);
    return toMoved(await grantGrace(deps, actor, { ...input, until: new Date(input.until) }));
  },
  changeRoundStatutes: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    requireText(input.reason, 2000);
    if (!isId(input.unitId) || !isId(input.statuteId)) throw new AppError('NOT_FOUND');
    return toMoved(await changeRoundStatutes(deps, actor, input));
  },
  openAppeals: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    return toMoved(await openAppeals(deps, actor, input));
  },
  finishAdmissionRound: async (_parent, { input }, { deps, actor }) => {
    requireRound(input);
    return toMoved(await finishRound(deps, actor, input));
  },
};
