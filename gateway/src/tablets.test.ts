import { newId } from '@ranselpost/kit/ids';
import { testActors } from '@ranselpost/kit/testing/actors';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSecret } from './secret.ts';
import { type Tablets, createTablets } from './tablets.ts';

/** Identity, as far as tablets ask it: it never comes to an end of letting somebody in. */
let isPaired = true;
let entering = 0;
let asked = 0;
const identity = createServer((request, response) => {
  if (request.url === '/tablets/enter') {
    entering += 1;
    return;
  }
  asked += 1;
  response.writeHead(isPaired ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
});
let actors: Awaited<ReturnType<typeof testActors>>;
let tablets: Tablets;
beforeAll(async () => {
  actors = await testActors();
  identity.listen(0, '127.0.0.1');
  await once(identity, 'listening');
  tablets = createTablets(new URL(`http://127.0.0.1:${(identity.address() as AddressInfo).port}`), actors);
});
afterAll(async () => {
  await tablets.close();
  identity.closeAllConnections();
  identity.close();
  await actors.close();
});

test('a tablet is vouched for while nothing else is heard of it, and asked for anew once it is taken away (S-04)', async () => {
  const tabletId = newId();
  expect([await tablets.isPaired(tabletId), await tablets.isPaired(tabletId)]).toEqual([true, true]);
  expect(asked).toBe(1);
  isPaired = false;
  expect(await tablets.isPaired(tabletId)).toBe(true);
  // What is about to be opened trusts nothing that was said before.
  expect(await tablets.isPairedNow(tabletId)).toBe(false);
  expect(await tablets.isPaired(tabletId)).toBe(false);
  isPaired = true;
  await tablets.isPaired(tabletId);
  isPaired = false;
  tablets.forget(tabletId);
  expect(await tablets.isPaired(tabletId)).toBe(false);
  isPaired = true;
});

test('however many are being let in, those who are in are not kept waiting', async () => {
  const many = Array.from({ length: 20 }, () =>
    tablets.enter(newSecret(), newId(), '482915').catch(() => {}),
  );
  await expect.poll(() => entering).toBeGreaterThan(0);
  expect(await tablets.isPaired(newId())).toBe(true);
  expect(entering).toBeLessThan(20);
  await tablets.close();
  await Promise.all(many);
});
