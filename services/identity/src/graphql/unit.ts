import { AppError } from '@ranselpost/kit/pure/errors';
import type { UnitResolvers } from './generated/types.ts';

export const unit: Pick<UnitResolvers, '__resolveReference' | 'features' | 'contact'> = {
  __resolveReference: ({ id }, { units }) => units.load(id),
  features: async ({ id }, _arguments, { unitFeatures }) => {
    const found = await unitFeatures.load(id);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  contact: ({ id }, _arguments, { unitContacts }) => unitContacts.load(id),
};
