import { chaos } from '@ranselpost/infra/chaos/chaos';
import { shortPlan } from '@ranselpost/infra/chaos/faults';
import { History } from '@ranselpost/infra/chaos/history';
import { dice } from '@ranselpost/infra/simulators/population/random';
import { afterAll, expect, test } from 'vitest';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

/** Another one finds other faults: `npm run chaos` goes through many. */
const seed = 3;

test('while NATS, identity, registry and Postgres fail one after the other, nothing leaks, nothing is lost and all recovers (S-04, S-11, S-20, S-21, S-22, S-24, S-26, S-28, X07)', async () => {
  const history = new History();
  const run = { seed, faults: shortPlan(dice(seed)), forMs: Number.POSITIVE_INFINITY, reports: 25 };
  expect(await chaos(town.stack, history, { ...run, tell: () => {} })).toEqual([]);
  const of = (kind: string) => history.happenings.filter((one) => one.kind === kind);
  // The hunt has something to hunt in.
  expect(of('fault')).toHaveLength(8);
  expect(of('right').length).toBeGreaterThan(6);
  expect(of('report').length).toBeGreaterThan(10);
  expect(of('feature').length).toBeGreaterThan(1);
});
