import { z } from 'zod';
import { keyRing } from '../keys.ts';
import { createClean } from './clean.ts';
import { diskStore } from './disk.ts';
import type { Files } from './files.ts';
import { objectStore } from './object-store.ts';
import { createScan } from './scan.ts';
import { type FileStore, sealedStore } from './store.ts';

/** Where files lie. */
export const filePlaceConfig = {
  FILE_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe('folder of files, shared by all replicas; or FILE_BUCKET'),
  FILE_BUCKET: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address of a bucket that speaks S3, where files lie instead of in a folder'),
  FILE_BUCKET_REGION: z.string().min(1).default('no').describe('region of the bucket'),
  FILE_BUCKET_KEY_ID: z.string().min(1).optional().describe('our access key there'),
  FILE_BUCKET_SECRET: z.string().min(1).optional().describe('its secret'),
};

/** What a service that keeps files reads. */
export const filesConfig = {
  FILE_KEYS: keyRing.describe(
    'kid:base64[,…], 32 bytes each: what files are encrypted with and links to them signed with; the first is used, the others only to read',
  ),
  ...filePlaceConfig,
  CLAMD: z
    .url({ protocol: /^(tcp|unix)$/ })
    .optional()
    .describe("ClamAV's daemon, tcp://host:port or unix:/path; without one nothing is scanned"),
};

type FilesConfig = z.infer<z.ZodObject<typeof filesConfig>>;
type FilePlaceConfig = z.infer<z.ZodObject<typeof filePlaceConfig>>;

/** Opens where files are kept and what looks at them. */
export function openFiles(config: FilesConfig): Files {
  const place = openPlace(config);
  return {
    place,
    store: sealedStore(place, config.FILE_KEYS),
    clean: createClean(),
    scan: config.CLAMD === undefined ? undefined : createScan({ address: new URL(config.CLAMD) }),
  };
}

/**
 * Opens where files lie, as they lie there; whoever reads slowly says for how long a bucket may take to give one whole. Throws when
 * neither or both places are named.
 */
export function openPlace(
  {
    FILE_FOLDER: folder,
    FILE_BUCKET: bucket,
    FILE_BUCKET_REGION: region,
    FILE_BUCKET_KEY_ID: accessKeyId,
    FILE_BUCKET_SECRET: secretAccessKey,
  }: FilePlaceConfig,
  { withinMs }: { readonly withinMs?: number } = {},
): FileStore {
  if (folder !== undefined && bucket === undefined) return diskStore(folder);
  if (folder !== undefined || bucket === undefined)
    throw new Error('set FILE_FOLDER or FILE_BUCKET, and not both');
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error('FILE_BUCKET needs FILE_BUCKET_KEY_ID and FILE_BUCKET_SECRET');
  return objectStore({
    ...{ bucket: new URL(bucket), region, accessKeyId, secretAccessKey },
    ...(withinMs === undefined ? {} : { withinMs }),
  });
}
