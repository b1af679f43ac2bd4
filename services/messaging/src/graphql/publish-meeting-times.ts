import { AppError } from '@ranselpost/kit/pure/errors';
import { publishMeetingTimes as publish } from '../usecases/publish-meeting-times.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey } from './inputs.ts';
import { toOffer, toMeetingRefusal } from './meeting.ts';
import { toWhom } from './to-whom.ts';
import type { Context } from './types.ts';

const mostDays = 14;

export const publishMeetingTimes: NonNullable<MutationResolvers<Context>['publishMeetingTimes']> = async (
  _parent,
  { input },
  context,
) => {
  const { unitId, kind, way } = input;
  const idempotencyKey = readKey(input.idempotencyKey);
  const room = input.room ?? null;
  const days = [input.bookingEndsDaysBefore ?? 0, input.cancellingEndsDaysBefore ?? 0] as const;
  if (room !== null && !/^[^\p{C}\p{Z}]([^\p{C}]{0,58}[^\p{C}\p{Z}])?$/u.test(room))
    throw new AppError('BAD_USER_INPUT', 'a room has 1 to 60 characters, and none that cannot be seen');
  if (days.some((day) => day < 0 || day > mostDays) || input.times.length === 0)
    throw new AppError('BAD_USER_INPUT', 'times end 0 to 14 days before, and there is one at least');
  const result = await publish(context.deps, context.actor, {
    ...{ unitId, to: toWhom(input), kind, way, room, idempotencyKey, isSeparate: input.isSeparate ?? false },
    ...{ bookingEndsDaysBefore: days[0], cancellingEndsDaysBefore: days[1] },
    times: input.times.map(({ startsAt, endsAt }) => ({
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    })),
  });
  return result.ok
    ? { __typename: 'MeetingTimesPublished', offer: toOffer(result.value, context) }
    : toMeetingRefusal(result.refusal);
};
