import { startClamd } from './server.ts';

const port = Number(process.env['PORT']);
if (!Number.isInteger(port) || port < 1) throw new Error('PORT is missing');
const clamd = await startClamd({ port, host: process.env['HOST'] ?? '0.0.0.0' });
console.log(JSON.stringify({ part: 'clamd', listening: clamd.address, pid: process.pid }));
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void clamd.close().then(() => process.exit(0)));
