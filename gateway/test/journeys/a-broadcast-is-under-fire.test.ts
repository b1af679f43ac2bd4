import { broadcastUnderFire } from '@ranselpost/infra/chaos/broadcast';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, expect, test } from 'vitest';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

/** Another one finds others: `npm run chaos -- --broadcasts 20` goes through many. */
const seed = 5;

test('while messaging, notification and Postgres are killed, mail is down and devices are gone, everybody gets a broadcast once (S-20, S-21, S-22, S-25, MSG-07)', async () => {
  const run = { guardians: 240, kills: 3, seed, tell: () => {} };
  expect(await broadcastUnderFire(town.stack, run), `with seed ${seed}`).toEqual([]);
  // Whoever comes next finds a town in which nothing fails.
  await eventually(async () => expect(await town.isReady()).toBe(true), 60_000);
});
