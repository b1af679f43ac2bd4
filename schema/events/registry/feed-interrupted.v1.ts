import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * The event feed of Folkeregisteret could not be followed without a break. Every followed person is being read again,
 * and somebody should look at why (FREG-02).
 */
export const feedInterruptedV1 = defineEvent('registry.feed.interrupted.v1', 'interruptionId', {
  interruptionId: z.uuid(),
  reason: z.enum(['POINTER_TOO_OLD', 'POINTER_AHEAD', 'EVENT_UNREADABLE']),
  /** The sequence number that was asked for. */
  askedFor: z.int().nonnegative(),
  /** The sequence number that following went on from. */
  resumedAt: z.int().nonnegative(),
});
