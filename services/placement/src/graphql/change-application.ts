import { AppError } from '@ranselpost/kit/pure/errors';
import type { FeatureClosed as Closed } from '@ranselpost/kit/pure/features';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ApplicationRefusal } from '../domain/application.ts';
import type { WishProblem, WrittenWish } from '../domain/wishes.ts';
import type { Outcome } from '../usecases/application-facts.ts';
import { changeApplication } from '../usecases/change-application.ts';
import type { ShownApplication } from '../usecases/read-applications.ts';
import { enterPaperApplication } from '../usecases/enter-paper-application.ts';
import { saveApplication } from '../usecases/save-application.ts';
import { submitApplication } from '../usecases/submit-application.ts';
import { withdrawApplication } from '../usecases/withdraw-application.ts';
import { roundKinds } from './admission-round.ts';
import { shownApplication } from './application.ts';
import { requireKey } from './arguments.ts';
import { wishProblemSaid } from './application-texts.ts';
import type { Context } from './context.ts';
import { shownOrNull } from './named-applications.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  MutationResolvers,
  PlacementApplicationRefused,
  PlacementWishInput,
  PlacementWishProblem,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

/** A version is a count that the database keeps in four bytes. */
function requireVersion(version: number): void {
  if (version < 0) throw new AppError('BAD_USER_INPUT', 'a version is a count');
}

const toWritten = ({ unitId, rank, siblingId }: PlacementWishInput): WrittenWish => ({
  ...{ kindergarten: unitId, rank, sibling: siblingId ?? null },
});

type Change =
  | 'savePlacementApplication'
  | 'submitPlacementApplication'
  | 'changePlacementApplication'
  | 'withdrawPlacementApplication'
  | 'enterPaperApplication';

const mostGuardians = 20;
function requireFewGuardians(guardianIds: readonly string[]): void {
  if (guardianIds.length > mostGuardians)
    throw new AppError('BAD_USER_INPUT', `at most ${mostGuardians} guardians are named`);
}

export const applicationMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  savePlacementApplication: async (_parent, { input }, context) => {
    const { childId, roundId, wishes = [], guardianIds = [] } = input;
    if (!isId(childId) || !isId(roundId)) throw new AppError('NOT_FOUND');
    requireFewGuardians(guardianIds);
    if (input.version != null) requireVersion(input.version);
    const result = await saveApplication(context.deps, context.actor, {
      ...{ childId, roundId, guardianIds, wishes: wishes.map(toWritten) },
      ...{ wantedStart: input.wantedStart ?? null, version: input.version ?? null },
    });
    if (!result.ok) return notDone(context, result.refusal);
    context.applications.clear(result.value.id);
    const application = await shownApplication(context, result.value.id);
    return { __typename: 'PlacementApplicationSaved', application };
  },
  submitPlacementApplication: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    if (!isId(input.applicationId)) throw new AppError('NOT_FOUND');
    return received(context, await submitApplication(context.deps, context.actor, input), input);
  },
  changePlacementApplication: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireVersion(input.version);
    if (!isId(input.applicationId)) throw new AppError('NOT_FOUND');
    const { wishes, wantedStart, ...rest } = input;
    const written = { ...rest, wishes: wishes.map(toWritten), wantedStart: wantedStart ?? null };
    return received(context, await changeApplication(context.deps, context.actor, written), input);
  },
  enterPaperApplication: async (_parent, { input }, context) => {
    const { childId, roundId, wishes, guardianIds, wantedStart, receivedAt, idempotencyKey } = input;
    requireKey(idempotencyKey);
    if (!isId(childId) || !isId(roundId)) throw new AppError('NOT_FOUND');
    requireFewGuardians(guardianIds);
    const result = await enterPaperApplication(context.deps, context.actor, {
      ...{ childId, roundId, guardianIds, idempotencyKey, wishes: wishes.map(toWritten) },
      ...{ wantedStart: wantedStart ?? null, receivedAt: new Date(receivedAt) },
    });
    return received(context, result, input);
  },
  withdrawPlacementApplication: async (_parent, { input: { applicationId } }, context) => {
    if (!isId(applicationId)) throw new AppError('NOT_FOUND');
    const result = await withdrawApplication(context.deps, context.actor, applicationId);
    if (!result.ok) return toRefused(context, result.refusal);
    context.applications.clear(applicationId);
    const application = result.value === null ? null : await shownOrNull(context, applicationId);
    return { __typename: 'PlacementApplicationWithdrawn', application };
  },
};

const notDone = (context: Context, refusal: ApplicationRefusal | Closed) =>
  refusal.kind === 'feature-closed' ? toFeatureClosed(refusal) : toRefused(context, refusal);

/** What came in under the key, as it stands. */
async function received(
  context: Context,
  result: Outcome,
  { idempotencyKey }: { readonly idempotencyKey: string },
) {
  if (!result.ok) return notDone(context, result.refusal);
  context.applications.clear(result.value.id);
  const application = await shownApplication(context, result.value.id);
  const { version, receivedAt } = result.value.receipts.find(({ key }) => key === idempotencyKey)!;
  return {
    ...{ __typename: 'PlacementApplicationReceived' as const, application },
    receipt: { version, receivedAt: receivedAt.toISOString() },
  };
}

interface Refused extends Omit<PlacementApplicationRefused, 'standing'> {
  readonly __typename: 'PlacementApplicationRefused';
  readonly standing: ShownApplication | null;
}

async function toRefused(context: Context, refusal: ApplicationRefusal): Promise<Refused> {
  return {
    ...{ __typename: 'PlacementApplicationRefused', ...said(refusal.kind) },
    standing: 'application' in refusal ? await shownApplication(context, refusal.application.id) : null,
    deadline: 'deadline' in refusal ? refusal.deadline.toISOString() : null,
    fittingRoundKind: 'fitting' in refusal ? roundKinds[refusal.fitting] : null,
    startPeriod: 'earliest' in refusal ? { firstDay: refusal.earliest, lastDay: refusal.latest } : null,
    problems: 'problems' in refusal ? refusal.problems.map(toProblem) : [],
  };
}

const toProblem = (problem: WishProblem): PlacementWishProblem => ({
  ...wishProblemSaid(problem.kind),
  at: 'at' in problem ? problem.at : null,
  limit: 'limit' in problem ? problem.limit : null,
});
