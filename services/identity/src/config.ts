import { migrationConfig, processConfig, serviceConfig, subgraphConfig } from '@ranselpost/kit/config';
import { keyRing, secretKey, sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';
import type { FuseLimits } from './domain/register-fuse.ts';
import type { Numbers } from './usecases/deps.ts';

const numbers = {
  NUMBER_SERIES: z
    .enum(['synthetic', 'real'])
    .describe('which people this installation is for; numbers of the other series are refused'),
  NUMBER_KEYS: keyRing.describe(
    'keys that national numbers are encrypted with here: kid:base64[,…], the first for new ones',
  ),
  NUMBER_LOOKUP_KEY: secretKey.describe('key of the hash that a number is found by: 32 bytes in base64'),
  SEAL_KEYS: keyRing.describe('keys that identity and registry seal for each other with: kid:base64[,…]'),
};

const fuse = {
  REGISTER_FUSE_SHARE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.005)
    .describe('of all children, how many the register may change in a window before people are asked'),
  REGISTER_FUSE_COUNT: z.coerce
    .number()
    .int()
    .min(1)
    .default(25)
    .describe('children that it may change in a window in any case, however small the municipality'),
  REGISTER_FUSE_WINDOW_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe('how long a window is'),
};

export const configSchema = z.object({
  ...subgraphConfig,
  ...numbers,
  ...fuse,
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
  PLACEMENT_SEAL_KEY: sealingKey.describe(
    'the public key of placement, for what admission has to know of children: X25519 as a JWK, with a kid',
  ),
  PUSH_PUBLIC_KEY: z
    .string()
    .regex(/^B[\w-]{86}$/, 'must be a point on P-256 in base64url')
    .describe('the public key that browsers subscribe to pushes with; the private one is with whoever sends'),
  HEARTBEAT_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .default(2000)
    .describe('how often copies are told that they have everything'),
  STAFF_READING_BUDGET: z.coerce
    .number()
    .int()
    .min(1)
    .default(400)
    .describe('children that a member of staff may read of in an hour before somebody is asked to look'),
});

/** What the commands of this service read: they work on the database and need no bus and no port. */
export const commandSchema = z.object({
  LOG_LEVEL: processConfig.LOG_LEVEL,
  DATABASE_URL: serviceConfig.DATABASE_URL,
  ...numbers,
  ...fuse,
});

/** What the command that verifies the access log reads. */
export const verifySchema = z.object({ DATABASE_URL: serviceConfig.DATABASE_URL });

export const migrationSchema = z.object(migrationConfig);

export const toFuse = (config: z.infer<z.ZodObject<typeof fuse>>): FuseLimits => ({
  share: config.REGISTER_FUSE_SHARE,
  count: config.REGISTER_FUSE_COUNT,
  windowMs: config.REGISTER_FUSE_WINDOW_MINUTES * 60_000,
});

export const toNumbers = (config: z.infer<z.ZodObject<typeof numbers>>): Numbers => ({
  series: config.NUMBER_SERIES,
  keys: config.NUMBER_KEYS,
  lookupKey: config.NUMBER_LOOKUP_KEY,
  sealKeys: config.SEAL_KEYS,
});
