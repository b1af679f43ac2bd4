import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { createLog } from '@ranselpost/kit/log';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { commandSchema } from './config.ts';
import { importThread } from './usecases/import-threads.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false } },
});
const [path] = positionals;
if (path === undefined) {
  process.stderr.write(
    'Name the file: node services/messaging/src/import-messages.ts FILE\n' +
      '  --dry-run  say what it would take over, and take over nothing\n',
  );
  process.exit(2);
}
const config = readConfigOrExit(commandSchema);
const log = createLog('messaging-import', config.LOG_LEVEL);
const db = openDatabase({ service: 'messaging', url: config.DATABASE_URL, connections: 1 });
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

const counts = { lines: 0, 'taken-over': 0, known: 0, refused: 0 };
const began = performance.now();
try {
  const file = await open(path);
  for await (const line of file.readLines()) {
    counts.lines += 1;
    if (line.trim() === '') continue;
    const outcome = await importThread({ db, newId, now: () => new Date() }, line, {
      isDryRun: values['dry-run'],
    });
    counts[outcome.kind] += 1;
    // By its line alone: an id of another system may say more than it should.
    if (outcome.kind === 'refused') say({ line: counts.lines, refused: outcome.refusal });
    if (counts.lines % 1_000 === 0) process.stderr.write(`${JSON.stringify(counts)}\n`);
  }
  say({ ...counts, isDryRun: values['dry-run'], ms: Math.round(performance.now() - began) });
  if (counts.refused > 0) process.exitCode = 1;
} catch (error) {
  // Never whole: what stands in a failed statement may be a person. What was taken over stays, and is known the next time.
  log.error('the messages could not all be taken over', { error });
  process.exitCode = 1;
} finally {
  await db.close();
}
