import { openDatabase } from '@ranselpost/kit/database';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { commandSchema } from './config.ts';
import { readLogHeads } from './usecases/keep-log-heads.ts';

const config = readConfigOrExit(commandSchema);
const db = openDatabase({ service: 'attendance', url: config.DATABASE_URL, connections: 1 });
try {
  for (const head of await readLogHeads(db)) process.stdout.write(`${JSON.stringify(head)}\n`);
} finally {
  await db.close();
}
