import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { TalkRefusal, TalkRequest } from '../domain/talk-request.ts';
import { answerTalkRequest, requestTalk } from '../usecases/request-talk.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  MutationResolvers,
  RefusalCode,
  TalkRequest as Shown,
  ThreadResolvers,
} from './generated/types.ts';
import { said } from './text-refusals.ts';

const codes: Readonly<Record<Exclude<TalkRefusal['kind'], 'feature-closed'>, RefusalCode>> = {
  'talk-thread-closed': 'THREAD_CLOSED',
  'talk-answered': 'TALK_ANSWERED',
  'talk-offer-wrong': 'TALK_OFFER_WRONG',
};

const toShown = ({ id, askedBy, askedAs, way, askedAt, state, offerId }: TalkRequest): Shown => ({
  ...{ id, way, state, offerId, askedAt: askedAt.toISOString() },
  askedBy:
    askedBy === null
      ? null
      : { person: { id: askedBy }, capacity: askedAs === 'guardian' ? 'GUARDIAN' : 'STAFF' },
});

function toResult(result: Result<TalkRequest, TalkRefusal>) {
  if (result.ok) return { __typename: 'TalkRequestKept' as const, request: toShown(result.value) };
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : { __typename: 'TalkRefused' as const, ...said(codes[result.refusal.kind]) };
}

export const talkRequestMutations: Required<Pick<MutationResolvers, 'requestTalk' | 'answerTalkRequest'>> = {
  requestTalk: async (_parent, { input: { messageId, way } }, { deps, actor }) => {
    if (!isId(messageId)) throw new AppError('NOT_FOUND');
    return toResult(await requestTalk(deps, actor, { messageId, way }));
  },
  answerTalkRequest: async (_parent, { input: { requestId, answer, offerId = null } }, { deps, actor }) => {
    if (!isId(requestId) || (offerId !== null && !isId(offerId))) throw new AppError('NOT_FOUND');
    return toResult(await answerTalkRequest(deps, actor, { requestId, answer, offerId }));
  },
};

export const threadTalks: Required<Pick<ThreadResolvers, 'talkRequests'>> = {
  talkRequests: async ({ id }, _arguments, { talkRequests }) =>
    ((await talkRequests.load(id)) ?? []).map(toShown),
};
