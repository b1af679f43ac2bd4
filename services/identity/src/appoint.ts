import { openDatabase } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { readConfigOrExit } from '@ranselpost/kit/service';
import { commandSchema } from './config.ts';
import { municipalRoles } from './domain/municipal-roles.ts';
import { appoint } from './usecases/appoint.ts';

const [login, named] = process.argv.slice(2);
const role = municipalRoles.find((one) => one === named);
if (login === undefined || role === undefined) {
  process.stderr.write('Name them: node services/identity/src/appoint.ts LOGIN ROLE\n');
  process.exit(2);
}
const config = readConfigOrExit(commandSchema);
const db = openDatabase({ service: 'identity', url: config.DATABASE_URL, connections: 1 });
try {
  const result = await appoint({ db, newId, now: () => new Date() }, login, role);
  process.stdout.write(`${JSON.stringify(result.ok ? result.value : { refused: result.refusal })}\n`);
  if (!result.ok) process.exitCode = 1;
} finally {
  await db.close();
}
