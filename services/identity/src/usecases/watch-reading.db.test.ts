import { newId } from '@ranselpost/kit/ids';
import { metrics } from '@ranselpost/kit/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { keepReadsElsewhere, sealReads } from './keep-access-log.ts';
import { exposeReadingFigures } from './reading-figures.ts';
import { watchReading } from './watch-reading.ts';

let h: Harness;
beforeAll(async () => (h = await harness()));
afterAll(() => h.close());

const children = Array.from({ length: 12 }, () => newId());
async function reads(readerId: string, at: string, childIds: readonly string[]): Promise<void> {
  h.setNow(at);
  const read = (childId: string) => ({
    ...{ childId, kind: 'CHILD' as const, unitId: newId(), role: 'TEACHER', rule: 'S-02' },
  });
  await h.deps.db.asService((tx) =>
    keepReadsElsewhere({ ...h.deps, db: tx }, [
      {
        ...{ readId: newId(), readerId, capacity: 'staff', service: 'attendance', readAt: at },
        reads: childIds.map(read),
      },
    ]),
  );
  await sealReads(h.deps);
}
const alarms = async () =>
  (
    await h.database.admin<{ reader_id: string; children: number }[]>`
      select reader_id, children from reading_alarm order by raised_at, children`
  ).map(({ reader_id, children: count }) => [reader_id, count]);

test('staff who read of more children in an hour than budgeted are noticed once, and stopped by nothing (V07)', async () => {
  const [ordinary, often, much] = [newId(), newId(), newId()];
  await reads(ordinary, '2026-11-21T08:00:00.000Z', children.slice(0, 10));
  // The same ten children over and over are ten children.
  for (const minute of ['10', '20', '30'])
    await reads(often, `2026-11-21T08:${minute}:00.000Z`, children.slice(0, 10));
  await reads(much, '2026-11-21T08:31:00.000Z', children.slice(0, 6));
  await watchReading(h.deps, 10);
  expect(await alarms()).toEqual([]);
  await reads(much, '2026-11-21T08:50:00.000Z', children.slice(6));
  await watchReading(h.deps, 10);
  expect(await alarms()).toEqual([[much, 12]]);
  expect(await h.openItems(null)).toEqual(['READING_BUDGET']);
  await watchReading(h.deps, 10);
  expect(await alarms()).toHaveLength(1);
  // What was read more than an hour ago counts no more.
  await reads(ordinary, '2026-11-21T09:30:00.000Z', children.slice(10));
  await watchReading(h.deps, 10);
  expect(await alarms()).toHaveLength(1);
});

test('an operator sees by figures that there are some, and that the log is behind', async () => {
  exposeReadingFigures(h.deps.db);
  await h.database.admin`
    insert into reading_alarm values (${newId()}, ${newId()}, 11, 10, now())`;
  await h.database.admin`
    insert into staff_read (read_id, reader_id, capacity, read_at, reads)
    values (${newId()}, ${newId()}, 'staff', now() - interval '90 s', '[{}]')`;
  const text = await metrics.metrics();
  expect(text).toMatch(/^staff_over_reading_budget 1$/m);
  expect(Number(/^access_log_waiting_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(89);
});
