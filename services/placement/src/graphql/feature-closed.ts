import { type FeatureClosed as Closed, featureStateId } from '@ranselpost/kit/pure/features';
import type { FeatureClosed } from './generated/types.ts';
import { said } from './refusal-texts.ts';

export const toFeatureClosed = ({
  feature,
  unitId,
  state,
  opensOn,
}: Closed): FeatureClosed & { __typename: 'FeatureClosed' } => ({
  ...{ __typename: 'FeatureClosed', ...said('FEATURE_CLOSED'), state, opensOn },
  instead: { id: featureStateId(feature, unitId) },
});
