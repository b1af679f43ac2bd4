import fastify from 'fastify';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { stopHttp } from './stop-http.ts';

test('a server that stops answers what was asked, and waits for nobody who has asked nothing', async () => {
  const http = fastify({ logger: false, forceCloseConnections: 'idle', keepAliveTimeout: 72_000 });
  const asked = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  http.get('/', async () => {
    asked.resolve();
    await mayAnswer.promise;
    return 'answered';
  });
  const stop = stopHttp(http);
  await http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const answer = fetch(`http://127.0.0.1:${port}/`);
  await asked.promise;
  const stopped = stop();
  mayAnswer.resolve();
  expect(await (await answer).text()).toBe('answered');
  await stopped;
  silent.destroy();
});
