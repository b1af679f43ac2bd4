import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Refusal, TakingBack } from '../domain/broadcast.ts';
import { markBroadcastRead } from '../usecases/read-broadcasts.ts';
import { sendBroadcast } from '../usecases/send-broadcast.ts';
import { undoBroadcast, withdrawBroadcast } from '../usecases/take-back-broadcast.ts';
import { readAudience } from './broadcast.ts';
import type { MutationResolvers, RefusalCode, ResolversTypes } from './generated/types.ts';
import { toFeatureClosed } from './feature-closed.ts';
import { readKey, readSendTime, readWantedFiles } from './inputs.ts';
import { said, toTextRefusal } from './text-refusals.ts';

export function toBroadcastRefusal(
  refusal: Refusal,
): Exclude<Awaited<ResolversTypes['SendBroadcastResult']>, { __typename: 'BroadcastStored' }> {
  switch (refusal.kind) {
    case 'feature-closed':
      return toFeatureClosed(refusal);
    case 'time-past':
      return {
        __typename: 'BroadcastTimePast',
        ...said('BROADCAST_TIME_PAST'),
        earliest: refusal.earliest.toISOString(),
      };
    case 'urgent-not-permitted':
      return { __typename: 'BroadcastUrgencyRefused', ...said('BROADCAST_URGENCY_REFUSED') };
    case 'nobody':
      return { __typename: 'BroadcastToNobody', ...said('BROADCAST_TO_NOBODY') };
    case 'not-confirmed':
      return {
        __typename: 'BroadcastNotConfirmed',
        ...said('BROADCAST_NOT_CONFIRMED'),
        ...{ recipientCount: refusal.count, confirmation: refusal.confirmation },
      };
    default:
      return toTextRefusal(refusal);
  }
}

const tooLate: Readonly<Record<TakingBack['kind'], RefusalCode>> = {
  'undo-too-late': 'BROADCAST_UNDO_TOO_LATE',
  'withdraw-too-late': 'BROADCAST_WITHDRAWAL_TOO_LATE',
  'not-sent': 'BROADCAST_NOT_SENT',
};

const takingBack =
  (takeBack: typeof undoBroadcast): NonNullable<MutationResolvers['undoBroadcast']> =>
  async (_parent, { input: { broadcastId } }, { deps, actor }) => {
    if (!isId(broadcastId)) throw new AppError('NOT_FOUND');
    const result = await takeBack(deps, actor, broadcastId);
    return result.ok
      ? { __typename: 'BroadcastTakenBack', broadcast: { ...result.value, sending: null } }
      : { __typename: 'BroadcastNotTakenBack', ...said(tooLate[result.refusal.kind]) };
  };

export const broadcastMutations = {
  sendBroadcast: async (_parent, { input }, { deps, actor }) => {
    const { audience, title, body, files, isReread, urgent, sendAt, confirmation, idempotencyKey } = input;
    const result = await sendBroadcast(deps, actor, {
      ...readAudience(audience),
      ...{
        text: { title, body },
        files: readWantedFiles(files),
        isReread: isReread ?? false,
        urgentReason: urgent ?? null,
        confirmation: confirmation ?? null,
      },
      ...{ sendAt: readSendTime(sendAt, deps.now()), idempotencyKey: readKey(idempotencyKey) },
    });
    return result.ok
      ? { __typename: 'BroadcastStored', broadcast: { ...result.value, sending: { readerCount: null } } }
      : toBroadcastRefusal(result.refusal);
  },
  undoBroadcast: takingBack(undoBroadcast),
  withdrawBroadcast: takingBack(withdrawBroadcast),
  markBroadcastRead: async (_parent, { input: { broadcastId } }, { deps, actor }) => {
    if (!isId(broadcastId)) throw new AppError('NOT_FOUND');
    return { broadcast: await markBroadcastRead(deps, actor, broadcastId) };
  },
} satisfies Partial<MutationResolvers>;
