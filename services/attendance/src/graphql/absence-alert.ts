import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { notePhoneCall as note } from '../usecases/note-phone-call.ts';
import { setAbsenceAlert as set } from '../usecases/set-absence-alert.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers } from './generated/types.ts';

type Mutations = MutationResolvers<Context>;

export const setAbsenceAlert: NonNullable<Mutations['setAbsenceAlert']> = async (
  _parent,
  { input: { unitId, minutes } },
  { deps, actor },
) => {
  if (minutes < 0 || minutes > 300) throw new AppError('BAD_USER_INPUT', '0 to 300 minutes');
  if (!isId(unitId)) throw new AppError('NOT_FOUND');
  const result = await set(deps, actor, unitId, minutes);
  return result.ok
    ? { __typename: 'AbsenceAlertSet', minutes: result.value }
    : toFeatureClosed(result.refusal);
};

export const notePhoneCall: NonNullable<Mutations['notePhoneCall']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.unitId) || !isId(input.childId)) throw new AppError('NOT_FOUND');
  const result = await note(deps, actor, input);
  return result.ok ? { __typename: 'PhoneCallNoted', alert: result.value } : toFeatureClosed(result.refusal);
};
