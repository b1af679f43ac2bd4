import { type Handler, on } from '@ranselpost/kit/consume';
import { childConsideredV1 } from '@ranselpost/schema/events/placement/child-considered.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { keepConsidered } from '../usecases/keep-considered.ts';

export const onChildConsidered = (deps: Surroundings): Handler =>
  on(childConsideredV1, (tx, data, { time }) =>
    keepConsidered({ ...deps, db: tx }, { ...data, heardAt: new Date(time) }),
  );
