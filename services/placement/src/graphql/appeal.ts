import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { AppealState, BodyOutcome } from '../domain/appeal.ts';
import { appealDecision } from '../usecases/appeal-decision.ts';
import { moveAppeal } from '../usecases/move-appeal.ts';
import type { CommandAnswer } from '../usecases/offer-command.ts';
import { type ShownAppeal, readWaitingAppeals } from '../usecases/read-appeals.ts';
import { readInstantAndId, requireKey } from './arguments.ts';
import { toRefused } from './change-offer.ts';
import type { Context } from './context.ts';
import type {
  ChildResolvers,
  MutationResolvers,
  PlacementAppealOutcome,
  PlacementAppealResolvers,
  PlacementAppealState,
  QueryResolvers,
} from './generated/types.ts';

const states = {
  ...{ received: 'RECEIVED', late: 'LATE', upheld: 'UPHELD' },
  ...{ rejected: 'REJECTED', forwarded: 'FORWARDED', closed: 'CLOSED' },
} as const satisfies Record<AppealState, PlacementAppealState>;
const outcomes = { UPHELD: 'upheld', REJECTED: 'rejected' } as const satisfies Record<
  PlacementAppealOutcome,
  BodyOutcome
>;
const longestText = 8_000;

async function shownAppeal({ appeals }: Pick<Context, 'appeals'>, id: string): Promise<ShownAppeal> {
  const found = isId(id) ? await appeals.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

type Fields = '__resolveReference' | 'child' | 'unit' | 'state' | 'receivedAt';
export const appeal: Required<Pick<PlacementAppealResolvers<Context>, Fields>> = {
  __resolveReference: ({ id }, context) => shownAppeal(context, id),
  child: ({ childId }) => ({ id: childId }),
  unit: ({ unitId }) => ({ id: unitId }),
  state: ({ state }) => states[state],
  receivedAt: ({ receivedAt }) => receivedAt.toISOString(),
};

type Queries = 'placementAppeal' | 'waitingPlacementAppeals';
export const appealQuery: Required<Pick<QueryResolvers<Context>, Queries>> = {
  placementAppeal: (_parent, { id }, context) => shownAppeal(context, id),
  waitingPlacementAppeals: async (_parent, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const found = await readWaitingAppeals(deps, actor, { first, after: readInstantAndId(after) });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, ({ id, receivedAt }) => `${receivedAt.toISOString()}/${id}`);
  },
};

export const appealsOfChild: Required<Pick<ChildResolvers<Context>, 'placementAppeals'>> = {
  placementAppeals: async ({ id }, _args, { childAppeals }) => {
    if (!isId(id)) throw new AppError('NOT_FOUND');
    return childAppeals.load(id);
  },
};

async function toAppeal(context: Context, answer: CommandAnswer) {
  if (!answer.ok) return toRefused(answer);
  context.appeals.clear(answer.value);
  return { __typename: 'PlacementAppealChanged' as const, appeal: await shownAppeal(context, answer.value) };
}

const requireText = (text: string): void => {
  if (text.length > longestText) throw new AppError('BAD_USER_INPUT', 'a text has 8,000 characters at most');
};

type Change = 'appealPlacementDecision' | 'movePlacementAppeal';
export const appealMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  appealPlacementDecision: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.applicationId) || !isId(input.unitId)) throw new AppError('NOT_FOUND');
    requireText(input.grounds);
    return toAppeal(context, await appealDecision(context.deps, context.actor, input));
  },
  movePlacementAppeal: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.appealId)) throw new AppError('NOT_FOUND');
    requireText(input.reason);
    if ((input.move === 'CLOSE') !== (input.outcome != null))
      throw new AppError('BAD_USER_INPUT', 'an outcome is for CLOSE, and CLOSE has one');
    const outcome = input.outcome == null ? null : outcomes[input.outcome];
    return toAppeal(context, await moveAppeal(context.deps, context.actor, { ...input, outcome }));
  },
};
