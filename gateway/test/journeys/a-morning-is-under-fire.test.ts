import { morningUnderFire } from '@ranselpost/infra/chaos/morning';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, expect, test } from 'vitest';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

/** Another one finds others: `npm run chaos -- --mornings 20` goes through many. */
const seed = 2;

test('while attendance, NATS and Postgres are killed, each report and each mark is there once, and home is told once (S-20, S-21, S-22, S-26, ABS-12, ABS-14)', async () => {
  const run = { children: 5, kills: 3, seed, tell: () => {} };
  expect(await morningUnderFire(town.stack, run), `with seed ${seed}`).toEqual([]);
  // Whoever comes next finds a town in which nothing fails.
  await eventually(async () => expect(await town.isReady()).toBe(true), 60_000);
});
