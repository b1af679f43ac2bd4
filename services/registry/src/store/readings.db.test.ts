import { newId } from '@ranselpost/kit/ids';
import { eventMigrations } from '@ranselpost/kit/migrate';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { priorityOf } from '../domain/event-priority.ts';
import { registryMigrations } from '../migrations.ts';
import * as followedPersons from './followed-persons.ts';
import * as readings from './readings.ts';

let database: TestDatabase;
const wish = { register: 'freg', limit: 10, except: [], upTo: 3 } as const;

beforeAll(async () => {
  database = await testDatabase('registry', [eventMigrations, registryMigrations]);
});
afterAll(() => database.close());

const follow = async (count: number): Promise<string[]> => {
  const people = Array.from({ length: count }, () => ({
    ...{
      personId: newId(),
      reason: 'child' as const,
      toldAt: new Date().toISOString(),
      tellAgain: false,
      withResidence: false,
    },
    ...{ number: { keyId: 'n1', ciphertext: Buffer.from('x') }, lookupHash: Buffer.from(newId()) },
  }));
  await database.db.asService((tx) => followedPersons.put(tx, people));
  return people.map(({ personId }) => personId);
};
const dueIds = (more: Partial<readings.DueWish> = {}) =>
  database.db.asService(async (tx) =>
    (await readings.due(tx, { ...wish, ...more })).map(({ personId }) => personId),
  );
const settleAll = () =>
  database.db.asService((tx) => tx.execute(sql`update reading set due_at = null, priority = 3`));
const ask = (personId: string, type: string) =>
  database.db.asService((tx) =>
    readings.ask(tx, [{ personId, priority: priorityOf(type), wasSplit: false }]),
  );

describe('who is read next', () => {
  test('is whoever has most to lose: protection, then responsibility and death, then the rest (FREG-11)', async () => {
    const [first, name, death, protection] = (await follow(4)) as [string, string, string, string];
    await settleAll();
    const other = (await follow(1))[0]!;
    await ask(name, 'endringINavn');
    await ask(first, 'endringIForeldreansvar');
    await ask(death, 'personErDoed');
    await ask(protection, 'endringIAdressebeskyttelse');
    expect(await dueIds()).toEqual([protection, first, death, name, other]);
    expect(await dueIds({ limit: 1 })).toEqual([protection]);
    expect(await dueIds({ upTo: 2 })).toEqual([protection, first, death, name]);
    expect(await dueIds({ except: [protection] })).toEqual([first, death, name, other]);
    await settleAll();
  });

  test('keeps the most urgent of what has been asked for one person (FREG-11)', async () => {
    const [one, other] = (await follow(2)) as [string, string];
    await settleAll();
    await ask(one, 'endringINavn');
    await ask(other, 'endringINavn');
    await ask(other, 'endringIAdressebeskyttelse');
    await ask(other, 'endringINavn');
    expect(await dueIds()).toEqual([other, one]);
    await settleAll();
  });

  test('is nobody who was put aside for a while, until something happens to them', async () => {
    const [one] = (await follow(1)) as [string];
    const aside = {
      personId: one,
      revision: 0,
      toldHash: null,
      hasFailed: false,
      isProtected: null,
      isSure: false,
      attempts: 1,
      isAskedAgain: false,
      dueInMs: 60_000,
    };
    await database.db.asService((tx) => readings.settle(tx, 'freg', [aside]));
    expect(await dueIds()).toEqual([]);
    await ask(one, 'endringINavn');
    expect(await dueIds()).toEqual([one]);
    await settleAll();
  });
});

describe('the rows of the follow list', () => {
  test('are shown to the role of the service in its own transactions, and to no other (S-12)', async () => {
    await follow(1);
    const { admin } = database;
    for (const table of ['followed_person', 'reading', 'feed_pointer', 'feed_event', 'outbox', 'inbox']) {
      const [locks] = await admin`
        select relrowsecurity, relforcerowsecurity from pg_class where oid = ${table}::regclass`;
      expect(locks).toEqual({ relrowsecurity: true, relforcerowsecurity: true });
    }
    await admin.begin(async (tx) => {
      await tx.unsafe('set local role registry_owner');
      expect(await tx`select 1 from followed_person`).toHaveLength(0);
    });
    await expect(
      admin.begin(async (tx) => {
        await tx.unsafe('set local role registry');
        await tx`select 1 from followed_person`;
      }),
    ).rejects.toThrow(/permission denied/);
    await expect(
      admin.begin(async (tx) => {
        await tx.unsafe('set local role registry_request');
        await tx`select 1 from followed_person`;
      }),
    ).rejects.toThrow(/permission denied/);
  });
});
