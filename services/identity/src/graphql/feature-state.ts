import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { featureStateId } from '@ranselpost/kit/pure/features';
import { isId } from '@ranselpost/kit/pure/ids';
import { type FeatureView, readFeatureAtUnits } from '../usecases/read-features.ts';
import { noticeOf } from './feature-texts.ts';
import type { FeatureStateResolvers, QueryResolvers } from './generated/types.ts';

export const featureState: Pick<
  FeatureStateResolvers,
  '__resolveReference' | 'id' | 'notice' | 'unit' | 'contact'
> = {
  __resolveReference: async ({ id }, { unitFeatures }) => {
    const [unitId = ''] = id.split(':');
    const found = (await unitFeatures.load(unitId))?.find(
      ({ feature }) => featureStateId(feature, unitId) === id,
    );
    if (found === undefined) throw new AppError('NOT_FOUND');
    return found;
  },
  id: ({ feature, unitId }) => featureStateId(feature, unitId),
  notice: noticeOf,
  unit: async ({ unitId }, _arguments, { units }) => {
    const found = await units.load(unitId);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  contact: ({ unitId }, _arguments, { unitContacts }) => unitContacts.load(unitId),
};

export const features: NonNullable<QueryResolvers['features']> = async (
  _parent,
  { feature, ...page },
  { actor, deps },
): Promise<Page<FeatureView>> => {
  const { first, after } = readPage(page);
  if (after !== null && !isId(after)) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  const views = await readFeatureAtUnits(deps, actor, { feature, after, first });
  return toPage(views, first, after, ({ unitId }) => unitId);
};
