import { openDatabase } from '@ranselpost/kit/database';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { verifySchema } from './config.ts';
import { verifyAccessLog } from './usecases/verify-access-log.ts';

/** As the service that keeps the hashes prints them: one in a line. */
const head = z.object({
  block: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  heardAt: z.iso.datetime(),
});

const { values } = parseArgs({ options: { heads: { type: 'string' } } });
const lines = values.heads === undefined ? [] : readFileSync(values.heads, 'utf8').split('\n');
const heads = lines.filter((line) => line !== '').map((line) => head.parse(JSON.parse(line)));

const config = readConfigOrExit(verifySchema);
const db = openDatabase({ service: 'identity', url: config.DATABASE_URL, connections: 1 });
try {
  const told = new Map(heads.map(({ block, ...known }) => [block, known]));
  const result = await verifyAccessLog({ db, now: () => new Date() }, told);
  process.stdout.write(
    `${JSON.stringify(result.ok ? { holds: result.value } : { broken: result.refusal })}\n`,
  );
  if (!result.ok) process.exitCode = 1;
} finally {
  await db.close();
}
