import { newId } from '@ranselpost/kit/ids';
import { type KeyRing, keyRing } from '@ranselpost/kit/keys';
import { createLog } from '@ranselpost/kit/log';
import { eventMigrations } from '@ranselpost/kit/migrate';
import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
    ...{ personId, reason: 'child' as const, toldAt: new Date().toISOString(), tellAgain: false },
    ...{ number: encryptNumber(ringOf('old'), personId, '21861864070'), lookupHash: Buffer.from('hash') },
  });
  await database.db.asService((tx) => followedPersons.put(tx, people.map(row)));
  const keys = { numbers: ringOf('new', 'old'), lookup: Buffer.alloc(32), seals: ringOf('seal') };
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
