import type { UnitResolvers } from './generated/types.ts';

export const unit: Pick<UnitResolvers, '__resolveReference'> = {
  __resolveReference: ({ id }, { units }) => units.load(id),
};
