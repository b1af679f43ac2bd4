import { appendFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

/** Stands where a service would, so that the launcher can be tried without any: listens, and notes when it is told to stop. */
const { STAND_IN = 'nobody', STAND_IN_NOTES = '', PORT, OPS_PORT } = process.env;

if (process.argv.includes('migrate')) {
  appendFileSync(STAND_IN_NOTES, `migrated ${STAND_IN}\n`);
  process.exit(0);
}
if (process.env['STAND_IN_FAULT'] === 'at start') {
  console.log('this stand-in was told to fail');
  process.exit(3);
}

const servers = [PORT, OPS_PORT]
  .filter((port) => port !== undefined)
  .map((port): Server =>
    createServer((request, response) => {
      if (request.url === '/die') process.exit(4);
      response.end(STAND_IN);
    }).listen(Number(port), '127.0.0.1'),
  );
console.log(`${STAND_IN} listens`);

process.once('SIGTERM', () => {
  appendFileSync(STAND_IN_NOTES, `stopped ${STAND_IN}\n`);
  for (const server of servers) server.close();
  process.exit(0);
});
