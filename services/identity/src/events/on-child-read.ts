import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { childReadV1 } from '@ranselpost/schema/events/attendance/child-read.v1';
import * as messaging from '@ranselpost/schema/events/messaging/child-read.v1';
import * as placement from '@ranselpost/schema/events/placement/child-read.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { keepReadsElsewhere } from '../usecases/keep-access-log.ts';

type Handle = Parameters<typeof onTogether<typeof childReadV1>>[1];

const keep =
  (deps: Surroundings): Handle =>
  (tx, heard) =>
    keepReadsElsewhere(
      { ...deps, db: tx },
      heard.map(({ data, envelope }) => ({ ...data, service: envelope.source, readAt: envelope.time })),
    );

/** By service: each says it on its own stream. */
export const onChildRead = (
  deps: Surroundings,
): Readonly<Record<'attendance' | 'messaging' | 'placement', Handler>> => ({
  attendance: onTogether(childReadV1, keep(deps)),
  messaging: onTogether(messaging.childReadV1, keep(deps)),
  placement: onTogether(placement.childReadV1, keep(deps)),
});
