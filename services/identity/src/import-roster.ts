import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { holdLease } from '@ranselpost/kit/lease';
import { createLog } from '@ranselpost/kit/log';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { parseArgs } from 'node:util';
import { openRosterFile } from './clients/roster-file.ts';
import { commandSchema, toFuse, toNumbers } from './config.ts';
import { faultsAsText, differenceAsText } from './usecases/roster-as-text.ts';
import { importRoster, showRoster } from './usecases/import-roster.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    apply: { type: 'string' },
    'may-end-much': { type: 'boolean', default: false },
  },
});
const [path] = positionals;
if (path === undefined || (values['dry-run'] && values.apply !== undefined)) {
  process.stderr.write(
    'Name the file, the zip or the folder: node services/identity/src/import-roster.ts FILE\n' +
      '  --dry-run [--json]  say what it would change, and change nothing\n' +
      '  --apply DIGEST      take it in if it still changes exactly that\n' +
      '  --may-end-much      also when a fifth of all children’s places would end\n',
  );
  process.exit(2);
}
const config = readConfigOrExit(commandSchema);
const log = createLog('identity-roster', config.LOG_LEVEL);
const db = openDatabase({ service: 'identity', url: config.DATABASE_URL, connections: 2 });
const deps = { db, log, newId, now: () => new Date(), numbers: toNumbers(config), fuse: toFuse(config) };
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const done = Promise.withResolvers<boolean>();
const lease = holdLease({ databaseUrl: config.DATABASE_URL, name: 'roster import', log }, async () => {
  done.resolve(values['dry-run'] ? show(path) : takeIn(path));
  await done.promise.catch(() => {});
});
try {
  if (!(await done.promise)) process.exitCode = 1;
} catch (error) {
  // Never whole: what stands in a failed statement may be a person.
  log.error('the roster could not be taken in', { error });
  process.exitCode = 1;
} finally {
  await lease.stop();
  await db.close();
}

async function takeIn(from: string): Promise<boolean> {
  const began = performance.now();
  const options = { mayEndMuch: values['may-end-much'], shown: values.apply };
  const result = await importRoster(deps, await openRosterFile(from), options);
  const ms = Math.round(performance.now() - began);
  say(JSON.stringify(result.ok ? { ...result.value, ms } : { refused: result.refusal }));
  return result.ok;
}

async function show(from: string): Promise<boolean> {
  const result = await showRoster(deps, await openRosterFile(from));
  if (values.json) say(JSON.stringify(result.ok ? result.value : { refused: result.refusal }));
  else say(result.ok ? differenceAsText(result.value) : faultsAsText(result.refusal));
  return result.ok;
}
