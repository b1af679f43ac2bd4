import type { Result } from '@ranselpost/kit/pure/result';
import type { Refusal } from '../domain/feature.ts';
import type { ActView, Directed } from '../usecases/direct-feature.ts';
import { textOf } from './refusal-texts.ts';

/** What is done, or waits for a second person. */
export const toDirected = (directed: Directed) =>
  directed.kind === 'done'
    ? ({ __typename: 'FeatureDirected', act: directed.act } as const)
    : ({
        __typename: 'FeatureReopeningProposed',
        proposalId: directed.proposal.proposalId,
        expiresOn: directed.proposal.expiresOn,
      } as const);

/** What one person does alone. */
export function toDone(result: Result<Directed, never>): {
  readonly __typename: 'FeatureDirected';
  readonly act: ActView;
} {
  if (!result.ok || result.value.kind !== 'done') throw new Error('a stop waits for nobody');
  return { __typename: 'FeatureDirected', act: result.value.act };
}

/** Why something is not opened, now or later. */
export function toRefusal(refusal: Exclude<Refusal, { readonly kind: 'opening-day-past' }>) {
  switch (refusal.kind) {
    case 'opening-day-unwise':
      return {
        __typename: 'FeatureOpeningDayUnwise',
        code: 'FEATURE_OPENING_DAY_UNWISE',
        message: textOf('FEATURE_OPENING_DAY_UNWISE'),
        concern: refusal.concern,
      } as const;
    case 'feature-not-turned-on':
      return {
        __typename: 'FeatureNotTurnedOn',
        code: 'FEATURE_NOT_TURNED_ON',
        message: textOf('FEATURE_NOT_TURNED_ON'),
      } as const;
    case 'feature-stopped-above':
      return {
        __typename: 'FeatureStoppedAbove',
        code: 'FEATURE_STOPPED_ABOVE',
        message: textOf('FEATURE_STOPPED_ABOVE'),
      } as const;
  }
}
