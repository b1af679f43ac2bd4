import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { cancelMeeting as cancel } from '../usecases/cancel-meeting.ts';
import type { MutationResolvers } from './generated/types.ts';
import { meetingOf, toMeetingRefusal } from './meeting.ts';
import type { Context } from './types.ts';

export const cancelMeeting: NonNullable<MutationResolvers<Context>['cancelMeeting']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.meetingId)) throw new AppError('NOT_FOUND');
  const result = await cancel(deps, actor, input.meetingId);
  return result.ok
    ? { __typename: 'MeetingCancelled', meeting: meetingOf(result.value) }
    : toMeetingRefusal(result.refusal);
};
