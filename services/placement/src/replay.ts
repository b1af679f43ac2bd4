import { openDatabase } from '@ranselpost/kit/database';
import { isId } from '@ranselpost/kit/pure/ids';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { commandSchema } from './config.ts';
import { replayRun } from './usecases/replay-run.ts';

/*
 * `npm run placement:replay RUN`: allocates again from what was kept of a run, and prints what came out then and comes out now. Exit 1 where
 * they differ, 2 where there is no such run.
 */

const [id] = process.argv.slice(2);
if (id === undefined || !isId(id)) {
  process.stderr.write('Name a run by its id: npm run --silent placement:replay RUN\n');
  process.exit(2);
}
const config = readConfigOrExit(commandSchema);
const db = openDatabase({ service: 'placement', url: config.DATABASE_URL, connections: 1 });
try {
  const replayed = await replayRun({ db }, id);
  process.stdout.write(`${JSON.stringify(replayed ?? { errors: ['E_UNKNOWN_RUN'] })}\n`);
  process.exitCode = replayed === null ? 2 : replayed.isSame ? 0 : 1;
} finally {
  await db.close();
}
