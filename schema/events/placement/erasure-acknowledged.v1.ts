import { erasureAcknowledgedShape } from '../erasure-acknowledged.ts';
import { defineEvent } from '../event.ts';

/**
 * Placement keeps nothing under the id of a person any more whom identity has erased (RET-08). Told in the transaction that
 * erased it, each time that it is heard of, and once more when identity has been restored to an earlier day (S-27).
 */
export const erasureAcknowledgedV1 = defineEvent(
  'placement.erasure.acknowledged.v1',
  'personId',
  erasureAcknowledgedShape,
);
