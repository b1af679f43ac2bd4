import { type Handler, on } from '@ranselpost/kit/consume';
import { differenceFoundV1 } from '@ranselpost/schema/events/registry/difference-found.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteDifference } from '../usecases/note-interruption.ts';

export const onDifferenceFound = (deps: Surroundings): Handler =>
  on(differenceFoundV1, (tx) => noteDifference({ ...deps, db: tx }));
