import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { freePortBase, freePorts, holderOf, isFree, requireFree } from './ports.ts';

const servers: Server[] = [];

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('ports', () => {
  test.each(['127.0.0.1', '0.0.0.0', '::', '::1'])(
    'sees that one is taken by a server on %s',
    async (host) => {
      expect(await isFree(await listen(host))).toBe(false);
    },
  );

  test('finds free ones that differ from each other', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    expect(await Promise.all(ports.map(isFree))).toEqual([true, true, true, true, true]);
  });

  test('finds a base from which all are free', async () => {
    const base = await freePortBase([0, 1, 60]);
    expect(await Promise.all([base, base + 1, base + 60].map(isFree))).toEqual([true, true, true]);
  });

  test.runIf(process.platform === 'linux')('names the process that holds one', async () => {
    expect(holderOf(await listen('127.0.0.1'))).toMatch(new RegExp(`^pid ${process.pid} \\(.*node`));
  });

  test('refuses taken ones all at once, with what they are for and how to move', async () => {
    const [one, other] = [await listen('127.0.0.1'), await listen('127.0.0.1')];
    const refused = requireFree(
      new Map([
        [one, 'identity'],
        [other, 'gateway'],
      ]),
    );
    await expect(refused).rejects.toThrow(
      new RegExp(`${one} \\(identity\\)[^]*${other} \\(gateway\\)[^]*PORT_BASE`),
    );
  });

  test('lets free ones pass', async () => {
    const [port = 0] = await freePorts(1);
    await expect(requireFree(new Map([[port, 'gateway']]))).resolves.toBeUndefined();
  });
});
