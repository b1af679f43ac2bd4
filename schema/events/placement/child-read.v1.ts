import { childReadShape } from '../child-read.ts';
import { defineEvent } from '../event.ts';

/**
 * Staff have been told something of some children, in one transaction of placement. For the access log, which identity
 * keeps (S-11): each child and kind once, with the role, the unit and the rule that opened it; never what was read.
 */
export const childReadV1 = defineEvent('placement.child.read.v1', 'readId', childReadShape);
