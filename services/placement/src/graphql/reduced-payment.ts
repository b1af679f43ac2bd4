import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type {
  PaidCare,
  ReductionRefusal,
  ReductionVerdict,
  StatedIncome,
  VerdictRefusal,
} from '../domain/reduced-payment.ts';
import { applyForReducedPayment } from '../usecases/apply-for-reduced-payment.ts';
import { assignReducedPayment, readReductionsToAssign } from '../usecases/assign-reduced-payment.ts';
import { decideReducedPayment } from '../usecases/decide-reduced-payment.ts';
import { readReductionsToDecide } from '../usecases/read-reduced-payments.ts';
import { readInstantAndId, readReason, requireKey } from './arguments.ts';
import type { Context } from './context.ts';
import type {
  ChildResolvers,
  MutationResolvers,
  PlaceCare,
  PlacementVerdict,
  QueryResolvers,
  ReducedPaymentDecisionResolvers,
  ReducedPaymentRefused,
  ReducedPaymentResolvers,
  WaitingReducedPaymentResolvers,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

const care = { KINDERGARTEN: 'kindergarten', AFTER_SCHOOL: 'afterSchool' } as const satisfies Record<
  PlaceCare,
  PaidCare
>;
const shownCare = { kindergarten: 'KINDERGARTEN', afterSchool: 'AFTER_SCHOOL' } as const satisfies Record<
  PaidCare,
  PlaceCare
>;
type Verdict = ReductionVerdict['verdict'];
const verdicts = { granted: 'GRANTED', refused: 'REFUSED' } as const satisfies Record<
  Verdict,
  PlacementVerdict
>;
const decided = { GRANTED: 'granted', REFUSED: 'refused' } as const satisfies Record<
  PlacementVerdict,
  Verdict
>;

type Fields = 'child' | 'care' | 'verdict' | 'firstMonth' | 'lastMonth' | 'yearlyIncome' | 'isIncomeRefused';
export const reducedPayment: Required<Pick<ReducedPaymentResolvers<Context>, Fields>> = {
  child: ({ childId }) => ({ id: childId }),
  care: (shown) => shownCare[shown.care],
  verdict: ({ state }) => (state === 'open' ? null : verdicts[state]),
  firstMonth: ({ months }) => months.first,
  lastMonth: ({ months }) => months.last,
  yearlyIncome: ({ income }) => (income?.kind === 'stated' ? income.yearlyIncome : null),
  isIncomeRefused: ({ income }) => (income === null ? null : income.kind === 'refused'),
};

export const reducedPaymentDecision: Required<
  Pick<ReducedPaymentDecisionResolvers<Context>, 'verdict' | 'decidedAt'>
> = {
  verdict: ({ verdict }) => verdicts[verdict],
  decidedAt: ({ decidedAt }) => decidedAt.toISOString(),
};

export const waitingReducedPayment: Required<
  Pick<WaitingReducedPaymentResolvers<Context>, 'care' | 'appliedAt'>
> = {
  care: (shown) => shownCare[shown.care],
  appliedAt: ({ appliedAt }) => appliedAt.toISOString(),
};

export const reducedPaymentsOfChild: Required<Pick<ChildResolvers<Context>, 'reducedPayments'>> = {
  reducedPayments: async ({ id }, _args, { reducedPayments }) => {
    const found = isId(id) ? await reducedPayments.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
};

type Queries = 'reducedPaymentsToAssign' | 'assignedReducedPayments';
const toCursor = ({ id, appliedAt }: { readonly id: string; readonly appliedAt: Date }): string =>
  `${appliedAt.toISOString()}/${id}`;
export const reducedPaymentQueries: Required<Pick<QueryResolvers<Context>, Queries>> = {
  reducedPaymentsToAssign: async (_parent, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = await readReductionsToAssign(deps, actor, { first, after: readInstantAndId(after) });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, toCursor);
  },
  assignedReducedPayments: async (_parent, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = await readReductionsToDecide(deps, actor, { first, after: readInstantAndId(after) });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, toCursor);
  },
};

const mostIncome = 1_000_000_000;
const requireIncome = (income: number | null): void => {
  if (income !== null && (income < 0 || income > mostIncome))
    throw new AppError('BAD_USER_INPUT', 'an income is 0 to 1,000,000,000 kroner');
};

function readIncome(yearlyIncome: number | null, isRefused: boolean): StatedIncome | null {
  requireIncome(yearlyIncome);
  if (isRefused && yearlyIncome !== null)
    throw new AppError('BAD_USER_INPUT', 'an income is stated or refused');
  if (yearlyIncome !== null) return { kind: 'stated', yearlyIncome };
  return isRefused ? { kind: 'refused' } : null;
}

type Change = 'applyForReducedPayment' | 'assignReducedPayment' | 'decideReducedPayment';
export const reducedPaymentMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  applyForReducedPayment: async (_parent, { input }, { deps, actor, reducedPayments }) => {
    const { childId, idempotencyKey, yearlyIncome = null, isIncomeRefused = false } = input;
    requireKey(idempotencyKey);
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const income = readIncome(yearlyIncome, isIncomeRefused);
    if (income === null) throw new AppError('BAD_USER_INPUT', 'an income is stated or refused');
    const wanted = { childId, care: care[input.care], income, idempotencyKey };
    const result = await applyForReducedPayment(deps, actor, wanted);
    if (!result.ok) return refused(result.refusal);
    reducedPayments.clear(childId);
    return {
      __typename: 'ReducedPaymentApplied',
      reducedPayment: { ...result.value, isByViewer: true },
    };
  },
  assignReducedPayment: async (_parent, { input: { reducedPaymentId, personId } }, { deps, actor }) => {
    if (!isId(reducedPaymentId)) throw new AppError('NOT_FOUND');
    if (!isId(personId)) return refused({ kind: 'E_ASSIGNEE' });
    const result = await assignReducedPayment(deps, actor, { id: reducedPaymentId, personId });
    return result.ok ? { __typename: 'ReducedPaymentAssigned', reducedPaymentId } : refused(result.refusal);
  },
  decideReducedPayment: async (_parent, { input }, { deps, actor }) => {
    const { reducedPaymentId, idempotencyKey, countedIncome = null } = input;
    requireKey(idempotencyKey);
    requireIncome(countedIncome);
    if (!isId(reducedPaymentId)) throw new AppError('NOT_FOUND');
    const result = await decideReducedPayment(deps, actor, {
      ...{ id: reducedPaymentId, idempotencyKey, countedIncome },
      ...{ verdict: decided[input.verdict], reason: readReason(input.reason) },
    });
    return result.ok ? { __typename: 'ReducedPaymentDecided', reducedPaymentId } : refused(result.refusal);
  },
};

const refused = (
  refusal: ReductionRefusal | VerdictRefusal | { readonly kind: 'E_ASSIGNEE' },
): ReducedPaymentRefused & { readonly __typename: 'ReducedPaymentRefused' } => ({
  ...{ __typename: 'ReducedPaymentRefused', ...said(refusal.kind) },
});
