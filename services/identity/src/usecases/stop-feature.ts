import type { Actor } from '@ranselpost/kit/pure/actor';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { Doing } from '../store/feature-acts.ts';
import { type Asking, type Directed, direct } from './direct-feature.ts';
import type { Deps } from './deps.ts';

export type Stop = Pick<Doing, 'feature' | 'place' | 'isReadable' | 'notice'> & {
  readonly state: 'CLOSED' | 'SUSPENDED';
};

/** Stops a feature at once, over everything that is stated of it below. One person does; two start it again (D02). */
export const stopFeature = (
  deps: Deps,
  actor: Actor,
  stop: Stop,
  asking: Asking,
): Promise<Result<Directed, never>> =>
  direct(
    deps,
    actor,
    asking,
    () => ({ ...stop, kind: 'STOP', opensOn: null, insistsOnDay: false, cancels: null }),
    () => accept({ lifts: [] }),
  );
