import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Staffing } from '../domain/staffing.ts';
import { setStaffPresence as set } from '../usecases/set-staff-presence.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers, Staffing as StaffingShown } from './generated/types.ts';

export const toShownStaffing = ({ own, groups, ...counts }: Staffing): StaffingShown => ({
  ...{ ...counts, groups: [...groups] },
  ...{ isViewerHere: own !== null, viewerGroupId: own?.groupId ?? null },
});

export const setStaffPresence: NonNullable<MutationResolvers<Context>['setStaffPresence']> = async (
  _parent,
  { input: { unitId, isHere, groupId } },
  { deps, actor },
) => {
  if (!isId(unitId) || (groupId != null && !isId(groupId))) throw new AppError('NOT_FOUND');
  const result = await set(deps, actor, { unitId, isHere, groupId: groupId ?? null });
  if (!result.ok) return toFeatureClosed(result.refusal);
  return { __typename: 'StaffPresenceSet', isHere, groupId: isHere ? result.value.groupId : null };
};
