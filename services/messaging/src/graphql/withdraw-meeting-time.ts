import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { withdrawMeetingTime as withdraw } from '../usecases/withdraw-meeting-time.ts';
import type { MutationResolvers } from './generated/types.ts';
import { toTime } from './meeting.ts';
import type { Context } from './types.ts';

export const withdrawMeetingTime: NonNullable<MutationResolvers<Context>['withdrawMeetingTime']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.timeId)) throw new AppError('NOT_FOUND');
  return toTime(await withdraw(deps, actor, input.timeId), null);
};
