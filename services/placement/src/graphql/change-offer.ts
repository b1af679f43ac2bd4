import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Said, answerOffer } from '../usecases/answer-offer.ts';
import { changePlaceHours } from '../usecases/change-place-hours.ts';
import { changePoolSeats } from '../usecases/change-pool-seats.ts';
import { makeOffer } from '../usecases/make-offer.ts';
import type { CommandAnswer } from '../usecases/offer-command.ts';
import { noteSchoolStart } from '../usecases/note-school-start.ts';
import { resignPlace } from '../usecases/resign-place.ts';
import { withdrawOffer } from '../usecases/withdraw-offer.ts';

import { requireKey } from './arguments.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  AnswerPlacementOfferInput,
  MutationResolvers,
  PlacementOfferRefused,
} from './generated/types.ts';
import { shownOffer, shownPlace, shownPool } from './offer.ts';
import { said } from './refusal-texts.ts';

const longestReason = 2_000;
const mostSeats = 10_000;

const requireIds = (...ids: readonly string[]): void => {
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
};
function requireReason(reason: string): void {
  if (reason.length > longestReason)
    throw new AppError('BAD_USER_INPUT', 'a reason has 2,000 characters at most');
}

/** Why nothing was done, as the graph tells it. */
export const toRefused = ({
  refusal,
}: Extract<CommandAnswer, { ok: false }>):
  ({ __typename: 'PlacementOfferRefused' } & PlacementOfferRefused) | ReturnType<typeof toFeatureClosed> =>
  refusal.kind === 'feature-closed'
    ? toFeatureClosed(refusal)
    : { __typename: 'PlacementOfferRefused', ...said(refusal.kind), earliest: refusal.earliest };

async function toOffer(context: Context, answer: CommandAnswer) {
  if (!answer.ok) return toRefused(answer);
  context.offers.clear(answer.value);
  return { __typename: 'PlacementOfferChanged' as const, offer: await shownOffer(context, answer.value) };
}

function toSaid({ answer, stay = false }: AnswerPlacementOfferInput): Said {
  if (answer === 'DECLINE') return { say: 'decline', stay };
  if (stay) throw new AppError('BAD_USER_INPUT', 'whoever accepts says by that whether they wait on');
  return { say: answer === 'ACCEPT' ? 'accept' : 'accept-keep' };
}

type Change =
  | 'answerPlacementOffer'
  | 'withdrawPlacementOffer'
  | 'makePlacementOffer'
  | 'changePoolSeats'
  | 'resignPlace'
  | 'changePlaceHours'
  | 'noteSchoolStart';

export const offerMutations: Required<Pick<MutationResolvers<Context>, Change>> = {
  answerPlacementOffer: async (_parent, { input }, context) => {
    const { offerId, idempotencyKey } = input;
    requireKey(idempotencyKey);
    requireIds(offerId);
    const wanted = { ...toSaid(input), offerId, idempotencyKey };
    return toOffer(context, await answerOffer(context.deps, context.actor, wanted));
  },
  withdrawPlacementOffer: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireIds(input.offerId);
    requireReason(input.reason);
    return toOffer(context, await withdrawOffer(context.deps, context.actor, input));
  },
  makePlacementOffer: async (
    _parent,
    { input: { reason = null, weeklyHours = null, ...input } },
    context,
  ) => {
    requireKey(input.idempotencyKey);
    requireIds(input.applicationId, input.poolId);
    requireReason(reason ?? '');
    return toOffer(context, await makeOffer(context.deps, context.actor, { ...input, reason, weeklyHours }));
  },
  changePoolSeats: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireIds(input.poolId);
    requireReason(input.reason);
    if (input.seats < 0 || input.seats > mostSeats)
      throw new AppError('BAD_USER_INPUT', 'there are 0 to 10,000 seats');
    const answer = await changePoolSeats(context.deps, context.actor, input);
    if (!answer.ok) return toRefused(answer);
    context.pools.clear(answer.value);
    return { __typename: 'PoolSeatsChanged', pool: await shownPool(context, answer.value) };
  },
  resignPlace: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireIds(input.placeId);
    const answer = await resignPlace(context.deps, context.actor, input);
    if (!answer.ok) return toRefused(answer);
    context.places.clear(answer.value);
    return { __typename: 'PlaceResigned', place: await shownPlace(context, answer.value) };
  },
  changePlaceHours: async (_parent, { input }, context) => {
    requireKey(input.idempotencyKey);
    requireIds(input.placeId);
    const answer = await changePlaceHours(context.deps, context.actor, input);
    if (!answer.ok) return toRefused(answer);
    context.places.clear(input.placeId);
    return { __typename: 'PlaceHoursChanged', place: await shownPlace(context, answer.value) };
  },
  noteSchoolStart: async (_parent, { input }, { deps, actor }) => {
    requireKey(input.idempotencyKey);
    requireIds(input.childId);
    requireReason(input.reason);
    const answer = await noteSchoolStart(deps, actor, input);
    if (!answer.ok)
      return { __typename: 'PlacementOfferRefused', ...said(answer.refusal.kind), earliest: null };
    return { __typename: 'SchoolStartNoted', ...answer.value, child: { id: input.childId } };
  },
};
