import { newId } from '@ranselpost/kit/ids';
import { type KeyRing, keyRing } from '@ranselpost/kit/keys';
import { createLog } from '@ranselpost/kit/log';
import { eventMigrations } from '@ranselpost/kit/migrate';
import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { registryMigrations } from '../migrations.ts';
import * as followedPersons from '../store/followed-persons.ts';
import { rotateNumbers } from './rotate-numbers.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase('registry', [eventMigrations, registryMigrations]);
});
afterAll(() => database.close());

const key = (id: string): string => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
const ringOf = (...ids: string[]): KeyRing => keyRing.parse(ids.map(key).join(','));

test('encrypts every number with the newest key, so that the older can be taken away (S-10)', async () => {
  const people = Array.from({ length: 1_500 }, () => newId());
  const row = (personId: string) => ({
    ...{
      personId,
      reason: 'child' as const,
      toldAt: new Date().toISOString(),
      tellAgain: false,
      withResidence: false,
    },
    ...{ number: encryptNumber(ringOf('old'), personId, '21861864070'), lookupHash: Buffer.from('hash') },
  });
  await database.db.asService((tx) => followedPersons.put(tx, people.map(row)));
  const keys = {
    numbers: ringOf('new', 'old'),
    lookup: Buffer.alloc(32),
    seals: ringOf('seal'),
    contacts: ringOf('contact'),
  };
  const log = createLog('test', 'error');
  await rotateNumbers({ db: database.db, keys, log }, new AbortController().signal);
  const rows = await database.admin<
    { person_id: string; number_key_id: string; number_ciphertext: Buffer }[]
  >`
    select person_id, number_key_id, number_ciphertext from followed_person`;
  expect(rows).toHaveLength(people.length);
  for (const { person_id, number_key_id: keyId, number_ciphertext: ciphertext } of rows)
    expect(decryptNumber(ringOf('new'), person_id, { keyId, ciphertext })).toBe('21861864070');
});

test('waits for a number that somebody holds before it says that the older key can go (S-10)', async () => {
  const [held] = await database.admin<{ person_id: string }[]>`select person_id from followed_person limit 1`;
  const personId = held!.person_id;
  const keys = {
    numbers: ringOf('newest', 'new'),
    lookup: Buffer.alloc(32),
    seals: ringOf('seal'),
    contacts: ringOf('contact'),
  };
  const underOld = () => database.admin`select from followed_person where number_key_id = 'new'`;
  const [release, isHeld] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = database.admin.begin(async (sql) => {
    await sql`select from followed_person where person_id = ${personId} for update`;
    isHeld.resolve();
    await release.promise;
  });
  await isHeld.promise;
  let isDone = false;
  const log = createLog('test', 'error');
  const rotating = rotateNumbers({ db: database.db, keys, log }, new AbortController().signal).then(() => {
    isDone = true;
  });
  await eventually(async () => expect(await underOld()).toHaveLength(1));
  await sleep(600);
  expect(isDone).toBe(false);
  release.resolve();
  await holding;
  await rotating;
  expect(await underOld()).toHaveLength(0);
});
