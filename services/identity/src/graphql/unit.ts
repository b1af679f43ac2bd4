import { AppError } from '@ranselpost/kit/pure/errors';
import { readPage } from '@ranselpost/kit/connection';
import type { UnitResolvers } from './generated/types.ts';
import { readReviewPlace, toReviewPage } from './reviewed-access.ts';

export const unit: Pick<
  UnitResolvers,
  '__resolveReference' | 'features' | 'contact' | 'accessReview' | 'substitutes' | 'tablets'
> = {
  __resolveReference: ({ id }, { units }) => units.load(id),
  features: async ({ id }, _arguments, { unitFeatures }) => {
    const found = await unitFeatures.load(id);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  contact: ({ id }, _arguments, { unitContacts }) => unitContacts.load(id),
  accessReview: async ({ id }, page, { accessReviews }) => {
    const { first, after } = readPage(page);
    const reviewed = await accessReviews.load({ unitId: id, first, after: readReviewPlace(after) });
    return reviewed === null ? null : toReviewPage(reviewed, first, after);
  },
  tablets: ({ id }, _arguments, { tablets }) => tablets.load(id),
  substitutes: async ({ id }, _arguments, { substitutes }) => (await substitutes.load(id)) ?? [],
};
