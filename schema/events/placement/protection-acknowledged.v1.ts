import { defineEvent } from '../event.ts';
import { protectionAcknowledgedShape } from '../protection-acknowledged.ts';

/**
 * Placement keeps nothing that tells where a person is, or how they are reached, whose protection identity has raised
 * (ADR-12). Told in the transaction that heard of it, each time that it is heard of.
 */
export const protectionAcknowledgedV1 = defineEvent(
  'placement.protection.acknowledged.v1',
  'personId',
  protectionAcknowledgedShape,
);
