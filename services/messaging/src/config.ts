import { accessCopyConfig, migrationConfig, subgraphConfig } from '@ranselpost/kit/config';
import { filesConfig } from '@ranselpost/kit/files/config';
import { sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';

export const configSchema = z.object({
  ...subgraphConfig,
  ...accessCopyConfig,
  ...filesConfig,
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
});

export const migrationSchema = z.object(migrationConfig);
