import { defineEvent } from '@ranselpost/schema/events/event';
import { protectionRaisedV1 } from '@ranselpost/schema/events/identity/protection-raised.v1';
import { protectionAcknowledgedShape } from '@ranselpost/schema/events/protection-acknowledged';
import { type Handler, on } from './consume.ts';
import type { Tx } from './database.ts';
import { tell } from './outbox.ts';

/**
 * Lets go of what a service keeps that could tell where a person is or how they are reached: addresses, notices that wait to
 * be sent, finished files, what was prepared about them. In the transaction given; done again it changes nothing.
 */
export type Purge = (tx: Tx, personId: string) => Promise<void>;

/** The purge of a service that has looked, and keeps ids, days and texts that its own policy guards, and nothing to purge. */
export const keepsNothingToPurge: Purge = async () => {};

/**
 * Purges on identity's word what a service keeps of somebody who is protected from now on, and says so, in one transaction
 * (ADR-12). An access copy does it by itself; a part without one takes this among its handlers of identity's stream.
 */
export const onProtectionRaised = (service: string, purge: Purge): Handler =>
  on(protectionRaisedV1, async (tx, { raiseId, personId }) => {
    await purge(tx, personId);
    await tell(tx, acknowledgedBy(service), { raiseId, personId });
  });

const acknowledgedBy = (service: string) =>
  defineEvent(`${service}.protection.acknowledged.v1`, 'personId', protectionAcknowledgedShape);
