import { type Handler, on } from '@ranselpost/kit/consume';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/attendance/erasure-acknowledged.v1';
import * as messaging from '@ranselpost/schema/events/messaging/erasure-acknowledged.v1';
import * as notification from '@ranselpost/schema/events/notification/erasure-acknowledged.v1';
import * as placement from '@ranselpost/schema/events/placement/erasure-acknowledged.v1';
import * as registry from '@ranselpost/schema/events/registry/erasure-acknowledged.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteErased } from '../usecases/follow-erasures.ts';

type Handle = Parameters<typeof on<typeof erasureAcknowledgedV1>>[1];

const note =
  (deps: Surroundings): Handle =>
  (tx, { personId }, { source }) =>
    noteErased({ ...deps, db: tx }, { personId, service: source });

/** By service: each says it on its own stream. */
export const onErasureAcknowledged = (
  deps: Surroundings,
): Readonly<Record<'attendance' | 'messaging' | 'notification' | 'placement' | 'registry', Handler>> => ({
  attendance: on(erasureAcknowledgedV1, note(deps)),
  messaging: on(messaging.erasureAcknowledgedV1, note(deps)),
  notification: on(notification.erasureAcknowledgedV1, note(deps)),
  placement: on(placement.erasureAcknowledgedV1, note(deps)),
  registry: on(registry.erasureAcknowledgedV1, note(deps)),
});
