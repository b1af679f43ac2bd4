import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * The access log stands as far as this block. Told about once a minute while staff read; whoever keeps these hashes can
 * tell whether anything up to there was changed, cut out or put in later (S-11). Says nothing of who read whom.
 */
export const accessLogSealedV1 = defineEvent('identity.access-log.sealed.v1', 'block', {
  block: z.int().positive(),
  /** SHA-256 of the block with all it holds and the hash of the block before it, in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
