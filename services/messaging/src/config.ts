import { accessCopyConfig, migrationConfig, subgraphConfig } from '@ranselpost/kit/config';
import { filesConfig } from '@ranselpost/kit/files/config';
import { sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';

export const configSchema = z.object({
  ...subgraphConfig,
  ...accessCopyConfig,
  ...filesConfig,
  DRAFT_DAYS: z.coerce
    .number()
    .int()
    .min(7)
    .max(90)
    .default(30)
    .describe(
      'days that a draft is kept after it was last changed (RET-03); not under 7, so that a stop costs nobody theirs',
    ),
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
});

export const migrationSchema = z.object(migrationConfig);
