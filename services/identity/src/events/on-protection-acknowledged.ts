import { type Handler, on } from '@ranselpost/kit/consume';
import { protectionAcknowledgedV1 } from '@ranselpost/schema/events/attendance/protection-acknowledged.v1';
import * as messaging from '@ranselpost/schema/events/messaging/protection-acknowledged.v1';
import * as notification from '@ranselpost/schema/events/notification/protection-acknowledged.v1';
import * as placement from '@ranselpost/schema/events/placement/protection-acknowledged.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteConcealed } from '../usecases/tell-raised.ts';

type Handle = Parameters<typeof on<typeof protectionAcknowledgedV1>>[1];

const note =
  (deps: Surroundings): Handle =>
  (tx, { personId, raiseId }, { source }) =>
    noteConcealed({ ...deps, db: tx }, { personId, raiseId, service: source });

/** By service: each says it on its own stream. */
export const onProtectionAcknowledged = (
  deps: Surroundings,
): Readonly<Record<'attendance' | 'messaging' | 'notification' | 'placement', Handler>> => ({
  attendance: on(protectionAcknowledgedV1, note(deps)),
  messaging: on(messaging.protectionAcknowledgedV1, note(deps)),
  notification: on(notification.protectionAcknowledgedV1, note(deps)),
  placement: on(placement.protectionAcknowledgedV1, note(deps)),
});
