import { erasureAcknowledgedShape } from '../erasure-acknowledged.ts';
import { defineEvent } from '../event.ts';

/**
 * Notification keeps nothing under the id of a person any more whom identity has erased (RET-08): no address, no device, no notice
 * and no proof of one. Told in the transaction that erased it, each time that it is heard of.
 */
export const erasureAcknowledgedV1 = defineEvent(
  'notification.erasure.acknowledged.v1',
  'personId',
  erasureAcknowledgedShape,
);
