import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

/** A server that answers every request with the same bytes: as fast as this machine and this language go. */
const bytes = readFileSync(process.argv[2] ?? '/dev/null');
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(
    `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}/\n`,
  );
});
process.on('SIGTERM', () => process.exit(0));
