import { isId } from '@ranselpost/kit/pure/ids';
import type { Context } from './context.ts';
import type { PublishFindingResolvers } from './generated/types.ts';
import { shownOrNull } from './named-applications.ts';

export const publishFinding: PublishFindingResolvers<Context> = {
  application: ({ applicationId }, _args, context) => shownOrNull(context, applicationId),
  unit: ({ unitId }) => (unitId !== null && isId(unitId) ? { id: unitId } : null),
};
