import { type Handler, on } from '@ranselpost/kit/consume';
import { feedInterruptedV1 } from '@ranselpost/schema/events/registry/feed-interrupted.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteInterruption } from '../usecases/note-interruption.ts';

export const onFeedInterrupted = (deps: Surroundings): Handler =>
  on(feedInterruptedV1, (tx) => noteInterruption({ ...deps, db: tx }));
