import { decryptNumber } from '@ranselpost/kit/numbers';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as numbers from '../store/numbers.ts';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { rotateNumberKeys } from './rotate-number-keys.ts';

let h: Harness;
beforeAll(async () => (h = await harness()));
afterAll(() => h.close());

test('numbers are encrypted under the newest key in batches, stopped and gone on with, and found as before', async () => {
  const all = Array.from({ length: 25 }, () => aNumber());
  const ids: string[] = [];
  for (const number of all) ids.push(await h.child(number));
  const { numbers: old } = h.deps;
  const ring = { current: 'k2', keys: new Map([['k2', randomBytes(32)], ...old.keys.keys]) };
  const anew = { ...h.deps, numbers: { ...old, keys: ring } };

  // The first try dies in its second batch.
  let batches = 0;
  const dying = {
    ...anew,
    db: {
      ...anew.db,
      asService: ((work) => {
        if ((batches += 1) === 2) throw new Error('killed');
        return anew.db.asService(work);
      }) as typeof anew.db.asService,
    },
  };
  await expect(rotateNumberKeys(dying, 10)).rejects.toThrow('killed');
  const under = () =>
    h.database.admin`select key_id, count(*)::int as n from person_number group by 1 order by 1`;
  expect((await under()).map((row) => ({ ...row }))).toEqual([
    { key_id: 'k1', n: 15 },
    { key_id: 'k2', n: 10 },
  ]);
  expect(await rotateNumberKeys(anew, 10)).toBe(15);
  expect(await rotateNumberKeys(anew, 10)).toBe(0);
  expect((await under()).map((row) => ({ ...row }))).toEqual([{ key_id: 'k2', n: 25 }]);

  const onlyNew = { current: 'k2', keys: new Map([['k2', ring.keys.get('k2')!]]) };
  for (const [at, number] of all.entries()) {
    expect(await h.personOf(number)).toBe(ids[at]);
    const [stored] = await h.deps.db.asService((tx) => numbers.of(tx, [ids[at]!]));
    expect(decryptNumber(onlyNew, ids[at]!, stored!.encrypted)).toBe(number);
    // Under another person it opens nothing (S-10).
    expect(() =>
      decryptNumber(onlyNew, ids[0]! === ids[at] ? ids[1]! : ids[0]!, stored!.encrypted),
    ).toThrow();
  }
});

test('a number that somebody holds is waited for, so that the older key is never taken away too early (S-10)', async () => {
  const { numbers: old } = h.deps;
  const personId = await h.child(aNumber());
  const ring = { current: 'k3', keys: new Map([['k3', randomBytes(32)], ...old.keys.keys]) };
  const underOld = () =>
    h.database.admin`select person_id from person_number where person_id = ${personId} and key_id = 'k1'`;
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = h.database.admin.begin(async (sql) => {
    await sql`select from person_number where person_id = ${personId} for update`;
    held.resolve();
    await release.promise;
  });
  await held.promise;
  await h.database.admin`delete from person_number where person_id <> ${personId}`;
  let isDone = false;
  const rotating = rotateNumberKeys({ ...h.deps, numbers: { ...old, keys: ring } }).then((count) => {
    isDone = true;
    return count;
  });
  await sleep(1_000);
  expect(isDone).toBe(false);
  expect(await underOld()).toHaveLength(1);
  release.resolve();
  await holding;
  expect(await rotating).toBe(1);
  expect(await underOld()).toHaveLength(0);
});
