import {
  accessCopyConfig,
  migrationConfig,
  processConfig,
  serviceConfig,
  subgraphConfig,
} from '@ranselpost/kit/config';
import { filesConfig } from '@ranselpost/kit/files/config';
import { type GuardLevel, guardLevels } from '@ranselpost/kit/guard';
import { sealingKey } from '@ranselpost/kit/keys';
import { z } from 'zod';
import { type GuardLevels, isAsStrictAs, leastStrict } from './domain/guarded.ts';

/** A level for each kind of unit that is named, as `SCHOOL=KINDERGARTEN, KINDERGARTEN=LETTER`. */
function toLevels(text: string, context: z.RefinementCtx): GuardLevels {
  const given = text.split(/[\s,]+/).filter((one) => one !== '');
  const chosen: Record<keyof GuardLevels, GuardLevel> = { ...leastStrict };
  for (const one of given) {
    const [kind = '', name = ''] = one.split('=');
    const level = guardLevels.find((known) => known === name);
    if (!isKind(kind) || level === undefined || !isAsStrictAs(level, leastStrict[kind])) {
      context.addIssue(
        `must be KIND=LEVEL: ${Object.keys(leastStrict).join(', ')}; ${guardLevels.join(', ')}; never less strict than the default`,
      );
      return z.NEVER;
    }
    chosen[kind] = level;
  }
  return chosen;
}
const isKind = (kind: string): kind is keyof GuardLevels => Object.hasOwn(leastStrict, kind);

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
  GUARD_LEVELS: z
    .string()
    .default('SCHOOL=SCHOOL AFTER_SCHOOL=SCHOOL KINDERGARTEN=KINDERGARTEN')
    .transform(toLevels)
    .describe(
      'how strict the guard of sensitive text is at each kind of unit, such as SCHOOL=KINDERGARTEN or KINDERGARTEN=LETTER: stricter than the default, never less',
    ),
  NEWS_KEPT_DAYS: z.coerce
    .number()
    .int()
    .min(30)
    .max(1_826)
    .default(730)
    .describe('days that news are kept, as the municipality sets it (RET-03)'),
  OUTBOUND_SEAL_KEY: sealingKey.describe(
    'the public key of whoever brings entries to the archive and letters to the post: X25519 as a JWK, with a kid',
  ),
});

/** What the commands of this service read: they work on the database and need no bus and no port. */
export const commandSchema = z.object({
  LOG_LEVEL: processConfig.LOG_LEVEL,
  DATABASE_URL: serviceConfig.DATABASE_URL,
});

export const migrationSchema = z.object(migrationConfig);
