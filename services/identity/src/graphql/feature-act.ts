import { type Page, readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { ActView } from '../usecases/direct-feature.ts';
import { readFeatureActs } from '../usecases/read-features.ts';
import type { FeatureActResolvers, FeaturePlaceResolvers, QueryResolvers } from './generated/types.ts';

export const featureAct: Pick<
  FeatureActResolvers,
  'id' | 'notice' | 'liftedStopIds' | 'cancelledActId' | 'madeById' | 'approvedById'
> = {
  id: ({ actId }) => actId,
  notice: ({ notice }) => (notice === null ? null : { key: 'OWN', ...notice }),
  liftedStopIds: ({ lifts }) => lifts,
  cancelledActId: ({ cancels }) => cancels,
  madeById: ({ madeBy }) => madeBy,
  approvedById: ({ approvedBy }) => approvedBy,
};

export const featurePlace: Pick<FeaturePlaceResolvers, 'unitKind' | 'units'> = {
  unitKind: (place) => (place.level === 'UNIT_KIND' ? place.unitKind : null),
  units: async (place, _arguments, { units }) => {
    const found = place.level === 'UNIT' ? await units.loadMany(place.unitIds) : [];
    // One that is no unit any more is left out; whatever could not be read is said.
    return found.flatMap((unit) => {
      if (unit instanceof Error) throw unit;
      return unit ?? [];
    });
  },
};

export const featureActs: NonNullable<QueryResolvers['featureActs']> = async (
  _parent,
  { feature, ...page },
  { actor, deps },
): Promise<Page<ActView>> => {
  const { first, after } = readPage(page);
  if (after !== null && !/^\d{1,18}$/.test(after))
    throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  const acts = await readFeatureActs(deps, actor, { feature: feature ?? null, before: after, first });
  return toPage(acts, first, after, ({ ordinal }) => ordinal);
};
