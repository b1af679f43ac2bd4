import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { bookMeeting as book } from '../usecases/book-meeting.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey } from './inputs.ts';
import { meetingOf, toMeetingRefusal } from './meeting.ts';
import type { Context } from './types.ts';

export const bookMeeting: NonNullable<MutationResolvers<Context>['bookMeeting']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const insteadOf = input.insteadOfId ?? null;
  if (![input.timeId, input.childId, ...(insteadOf === null ? [] : [insteadOf])].every(isId))
    throw new AppError('NOT_FOUND');
  const { timeId, childId } = input;
  const idempotencyKey = readKey(input.idempotencyKey);
  const result = await book(deps, actor, { timeId, childId, insteadOf, idempotencyKey });
  return result.ok
    ? { __typename: 'MeetingBooked', meeting: meetingOf(result.value) }
    : toMeetingRefusal(result.refusal);
};
