import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { contentOf } from './routes.ts';

test('a sender who breaks off before anybody reads ends what they sent, and not the process', async () => {
  const arrived = Promise.withResolvers<ReturnType<typeof contentOf>>();
  const server = createServer((incoming) => arrived.resolve(contentOf(incoming))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sending = request({ port: (server.address() as AddressInfo).port, method: 'POST' });
  sending.on('error', () => {});
  sending.write('a part of it');
  const content = await arrived.promise;
  sending.destroy();
  await new Promise((resolve) => content.once('close', resolve));
  await expect(buffer(content)).rejects.toThrow('the sender broke off');
  server.close();
});
