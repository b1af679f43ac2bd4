import { toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { SafetyConcern } from '../domain/safety-concern.ts';
import { readSafetyConcerns } from '../usecases/read-safety-concerns.ts';
import { raiseSafetyConcern } from '../usecases/raise-safety-concern.ts';
import { takeOnSafetyConcern } from '../usecases/take-on-safety-concern.ts';
import type { SafetyConcern as Shown, MutationResolvers, QueryResolvers } from './generated/types.ts';
import { readAboutStaff, readKey, readListPage } from './inputs.ts';
import { toRefused } from './refusals.ts';

const toConcern = (concern: SafetyConcern): Shown => {
  const { id, unitId, cause, isAboutStaff, raisedAt, takenOnAt, caseNumber } = concern;
  return {
    ...{ id, unit: { id: unitId }, cause, isAboutStaff, raisedAt: raisedAt.toISOString(), caseNumber },
    takenOnAt: takenOnAt?.toISOString() ?? null,
  };
};

export const safetyConcernQueries = {
  safetyConcerns: async (_parent, { unitId, ...page }, { deps, actor }) => {
    const { first, after } = readListPage(page);
    if (unitId != null && !isId(unitId)) throw new AppError('NOT_FOUND');
    const concerns = await readSafetyConcerns(deps, actor, { unitId: unitId ?? null, first, after });
    return toPage(concerns.map(toConcern), first, after, ({ id }) => id);
  },
} satisfies Partial<QueryResolvers>;

export const safetyConcernMutations = {
  raiseSafetyConcern: async (_parent, { input }, { deps, actor }) => {
    if (!isId(input.messageId)) throw new AppError('NOT_FOUND');
    const result = await raiseSafetyConcern(deps, actor, {
      messageId: input.messageId,
      aboutStaff: readAboutStaff(input.aboutStaff),
      idempotencyKey: readKey(input.idempotencyKey),
    });
    return result.ok
      ? { __typename: 'SafetyConcernRaised', raisedAt: result.value.raisedAt.toISOString() }
      : toRefused(result.refusal);
  },
  takeOnSafetyConcern: async (_parent, { input: { concernId } }, { deps, actor }) => {
    if (!isId(concernId)) throw new AppError('NOT_FOUND');
    const taken = await takeOnSafetyConcern(deps, actor, concernId);
    return { __typename: 'SafetyConcernTakenOn', concern: toConcern(taken) };
  },
} satisfies Partial<MutationResolvers>;
