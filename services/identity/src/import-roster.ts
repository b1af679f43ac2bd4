import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { holdLease } from '@ranselpost/kit/lease';
import { createLog } from '@ranselpost/kit/log';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { commandSchema, toNumbers } from './config.ts';
import { importRoster } from './usecases/import-roster.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'may-end-much': { type: 'boolean', default: false } },
});
const [path] = positionals;
if (path === undefined) {
  process.stderr.write('Name the file: node services/identity/src/import-roster.ts FILE [--may-end-much]\n');
  process.exit(2);
}
const config = readConfigOrExit(commandSchema);
const log = createLog('identity-roster', config.LOG_LEVEL);
const db = openDatabase({ service: 'identity', url: config.DATABASE_URL, connections: 2 });

const digest = createHash('sha256');
for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
const file = { digest: digest.digest('hex'), open: () => createReadStream(path, { encoding: 'utf8' }) };

const began = performance.now();
const outcome = Promise.withResolvers<Awaited<ReturnType<typeof importRoster>>>();
const lease = holdLease({ databaseUrl: config.DATABASE_URL, name: 'roster import', log }, async () => {
  const deps = { db, log, newId, now: () => new Date(), numbers: toNumbers(config) };
  outcome.resolve(importRoster(deps, file, { mayEndMuch: values['may-end-much'] }));
  await outcome.promise.catch(() => {});
});
try {
  const result = await outcome.promise;
  process.stdout.write(
    `${JSON.stringify(result.ok ? { ...result.value, ms: Math.round(performance.now() - began) } : { refused: result.refusal })}\n`,
  );
  if (!result.ok) process.exitCode = 1;
} catch (error) {
  // Never whole: what stands in a failed statement may be a person.
  log.error('the roster could not be taken in', { error });
  process.exitCode = 1;
} finally {
  await lease.stop();
  await db.close();
}
