import type { Bus } from '@ranselpost/kit/bus';
import { fact } from '@ranselpost/kit/outbox';
import { heartbeatSentV1 } from '@ranselpost/schema/events/identity/heartbeat-sent.v1';
import type { Envelope } from '@ranselpost/schema/events/event';
import type { Surroundings } from '../usecases/deps.ts';

/** Tells the copies that all up to a position has been published, and how fresh that is (S-04). Kept by nobody. */
export const sendHeartbeat =
  ({ newId, now }: Surroundings, bus: Bus) =>
  (position: number, asOf: Date): void => {
    const { type, subject, data } = fact(heartbeatSentV1, {
      service: 'identity',
      position,
      asOf: asOf.toISOString(),
    });
    const envelope: Envelope = {
      specversion: '1.0',
      id: newId(),
      type,
      source: 'identity',
      subject,
      time: now().toISOString(),
      datacontenttype: 'application/json',
      seq: position,
      data,
    };
    bus.connection.publish(type, JSON.stringify(envelope));
  };
