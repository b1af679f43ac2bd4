import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { newId } from '@ranselpost/kit/ids';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFormDirectory } from './form-directory.ts';

let identity: Server;
let asked = 0;
let status = 200;
const units = [{ id: newId(), name: 'Paraplyen skole', kind: 'SCHOOL' }];
beforeAll(async () => {
  identity = createServer((request, response) => {
    asked += 1;
    response.statusCode = request.headers.authorization === 'Bearer gateway identity' ? status : 401;
    response.end(JSON.stringify({ units }));
  }).listen(0, '127.0.0.1');
  await once(identity, 'listening');
});
afterAll(() => void identity.close());

test('asks identity once a minute however many ask, and gives what it knows for an hour while identity is away (M22)', async () => {
  let now = 0;
  const signer: ActorSigner = {
    sign: async (actor, audience) => `${'name' in actor ? actor.name : actor.kind} ${audience}`,
    publicKeys: { keys: [] },
  };
  const url = new URL(`http://127.0.0.1:${(identity.address() as AddressInfo).port}/graphql`);
  const directory = createFormDirectory(url, signer, () => now);
  expect(await Promise.all([directory(), directory(), directory()])).toEqual([units, units, units]);
  now = 59_999;
  await directory();
  expect(asked).toBe(1);
  now = 60_000;
  await directory();
  expect(asked).toBe(2);
  status = 500;
  now = 3_000_000;
  expect(await directory()).toEqual(units);
  now = 3_660_000;
  await expect(directory()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
