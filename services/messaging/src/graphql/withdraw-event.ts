import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { withdrawEvent as withdraw } from '../usecases/withdraw-event.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { Context } from './types.ts';
import { toEvent } from './unit-event.ts';

export const withdrawEvent: NonNullable<MutationResolvers<Context>['withdrawEvent']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.eventId)) throw new AppError('NOT_FOUND');
  return toEvent({ event: await withdraw(deps, actor, input.eventId), answers: [] });
};
