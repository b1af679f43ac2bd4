import type { Bus } from '@ranselpost/kit/bus';
import { fact } from '@ranselpost/kit/outbox';
import { heartbeatSentV1 } from '@ranselpost/schema/events/identity/heartbeat-sent.v1';
import type { Envelope } from '@ranselpost/schema/events/event';
import type { Deps } from '../usecases/deps.ts';
import { readGuardiansUntil } from '../usecases/note-register.ts';

/** Tells the copies that all up to a position has been published, and how fresh that is (S-04). Kept by nobody. */
export const sendHeartbeat =
  (deps: Deps, bus: Bus) =>
  async (position: number, asOf: Date): Promise<void> => {
    const guardiansUntil = await readGuardiansUntil(deps);
    const { type, subject, data } = fact(heartbeatSentV1, {
      service: 'identity',
      position,
      asOf: asOf.toISOString(),
      guardiansUntil: guardiansUntil?.toISOString() ?? null,
    });
    const envelope: Envelope = {
      specversion: '1.0',
      id: deps.newId(),
      type,
      source: 'identity',
      subject,
      time: deps.now().toISOString(),
      datacontenttype: 'application/json',
      seq: position,
      data,
    };
    bus.connection.publish(type, JSON.stringify(envelope));
  };
