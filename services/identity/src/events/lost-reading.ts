import type { ConsumeOptions } from '@ranselpost/kit/consume';
import type { Surroundings } from '../usecases/deps.ts';
import { noteLostReading } from '../usecases/note-interruption.ts';

/** What is done when a word of the registers is put aside as a dead letter. */
export const lostReading =
  (deps: Surroundings): NonNullable<ConsumeOptions['onDead']> =>
  (tx) =>
    noteLostReading({ ...deps, db: tx });
