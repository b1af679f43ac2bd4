import { openDatabase } from '@ranselpost/kit/database';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { commandSchema, toNumbers } from './config.ts';
import { rotateNumberKeys } from './usecases/rotate-number-keys.ts';

const config = readConfigOrExit(commandSchema);
const db = openDatabase({ service: 'identity', url: config.DATABASE_URL, connections: 2 });
try {
  const count = await rotateNumberKeys({ db, numbers: toNumbers(config) });
  process.stdout.write(`${count} numbers encrypted under the current key\n`);
} finally {
  await db.close();
}
