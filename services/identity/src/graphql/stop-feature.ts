import { stopFeature as stop } from '../usecases/stop-feature.ts';
import { toDone } from './feature-answer.ts';
import { readNotice, readPlace, readReasonAndKey } from './feature-input.ts';
import type { MutationResolvers } from './generated/types.ts';

export const stopFeature: NonNullable<MutationResolvers['stopFeature']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const wanted = {
    feature: input.feature,
    place: readPlace(input.place),
    state: input.state ?? 'SUSPENDED',
    isReadable: input.hidesExisting !== true,
    notice: readNotice(input.notice),
  };
  return toDone(await stop(deps, actor, wanted, readReasonAndKey(input)));
};
