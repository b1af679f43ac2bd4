import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LeaseOptions, holdLease } from './lease.ts';
import { createLog } from './log.ts';
import { eventMigrations } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';
import { cuttable } from './testing/outage.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('kittest', [eventMigrations]);
});
afterAll(() => database.close());

const log = createLog('test', 'error');
/** Work that notes when it holds the lease, and until when. */
function holder(name: string, url = database.url, more: Partial<LeaseOptions> = {}) {
  const state = { isHolding: false, times: 0 };
  const lease = holdLease({ databaseUrl: url, name, log, everyMs: 50, ...more }, async (signal) => {
    state.isHolding = true;
    state.times += 1;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    state.isHolding = false;
  });
  return { state, stop: lease.stop };
}

describe('a lease', () => {
  test('has one holder at a time, and passes on when that one stops', async () => {
    const [one, other] = [holder('passed on'), holder('passed on')];
    await eventually(() => expect(one.state.isHolding || other.state.isHolding).toBe(true));
    await sleep(300);
    expect([one, other].filter(({ state }) => state.isHolding)).toHaveLength(1);
    const [first, second] = one.state.isHolding ? [one, other] : [other, one];
    await first.stop();
    expect(first.state.isHolding).toBe(false);
    await eventually(() => expect(second.state.isHolding).toBe(true));
    await second.stop();
  });

  test('of one name does not wait for another', async () => {
    const [one, other] = [holder('red'), holder('blue')];
    await eventually(() => expect(one.state.isHolding && other.state.isHolding).toBe(true));
    await Promise.all([one.stop(), other.stop()]);
  });

  test('is lost with its connection: the work is told, and the other replica goes on', async () => {
    const wire = await cuttable(database.url);
    const one = holder('cut', wire.url);
    await eventually(() => expect(one.state.isHolding).toBe(true));
    const other = holder('cut');
    wire.cut();
    await eventually(() => expect(one.state.isHolding).toBe(false));
    await eventually(() => expect(other.state.isHolding).toBe(true));
    wire.mend();
    await other.stop();
    await eventually(() => expect(one.state.times).toBe(2));
    await one.stop();
    await wire.close();
  });

  test('is lost when the server ends its session', async () => {
    const one = holder('ended');
    await eventually(() => expect(one.state.isHolding).toBe(true));
    await database.admin`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lease ended'`;
    await eventually(() => expect(one.state.times).toBe(2));
    await one.stop();
  });

  test('stops at once while it waits for its turn, and while there is no database', async () => {
    const one = holder('waited for');
    await eventually(() => expect(one.state.isHolding).toBe(true));
    const other = holder('waited for');
    await sleep(200);
    await other.stop();
    expect(other.state.times).toBe(0);
    await one.stop();
    const nowhere = holder('nowhere', 'postgres://kittest:test@127.0.0.1:1/nothing', {
      log: createLog('t', 'error'),
    });
    await sleep(100);
    await nowhere.stop();
  });

  test('starts its work anew when that ends or fails by itself', async () => {
    let times = 0;
    const lease = holdLease({ databaseUrl: database.url, name: 'failing', log, everyMs: 20 }, async () => {
      times += 1;
      if (times === 1) throw new Error('once');
    });
    await eventually(() => expect(times).toBeGreaterThan(2));
    await lease.stop();
  });
});
