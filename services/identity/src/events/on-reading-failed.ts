import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { readingFailedV1 } from '@ranselpost/schema/events/registry/reading-failed.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { holdUnreadable } from '../usecases/hold-unreadable.ts';

export const onReadingFailed = (deps: Surroundings): Handler =>
  onTogether(readingFailedV1, (tx, heard) =>
    holdUnreadable(
      { ...deps, db: tx },
      heard.map(({ data: { personId, revision } }) => ({ personId, revision, isLost: false })),
    ),
  );
