import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { childReadV1 } from '@ranselpost/schema/events/attendance/child-read.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { keepReadsElsewhere } from '../usecases/keep-access-log.ts';

export const onChildRead = (deps: Surroundings): Handler =>
  onTogether(childReadV1, (tx, heard) =>
    keepReadsElsewhere(
      { ...deps, db: tx },
      heard.map(({ data, envelope }) => ({ ...data, service: envelope.source, readAt: envelope.time })),
    ),
  );
