import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aboutNobody } from './answer.ts';
import { type Database, isPassing, openDatabase } from './database.ts';
import { newId } from './ids.ts';
import { loadAccessFacts } from './grounds.ts';
import { accessCopyMigrations, checkMigrated, eventMigrations, migrate } from './migrate.ts';
import type { Actor } from './pure/actor.ts';
import { guardian, staff } from './testing/actors.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';
import { lookAs } from './testing/look.ts';
import { type Outage, cuttable } from './testing/outage.ts';

let database: TestDatabase;
let db: Database;
const [child, unit, group, person] = [newId(), newId(), newId(), newId()];
beforeAll(async () => {
  database = await testDatabase('kittest', [eventMigrations, accessCopyMigrations]);
  db = database.db;
  const { admin } = database;
  await admin`insert into access.guardian values (${child}, ${person}, ${newId()}, 'PARENTAL_RESPONSIBILITY')`;
  await admin`insert into access.staff_role values (${newId()}, ${person}, 'TEACHER', ${unit}, ${group}, '2020-01-01', null)`;
  await admin`insert into access.enrolment values (${newId()}, ${child}, ${unit}, array[${group}::uuid], '2020-01-01', null)`;
});
afterAll(() => database.close());

const who = sql`
  select current_user as role, session_user as login, access.person() as person, access.children() as children,
         access.units() as units, access.seats() as seats`;
const fresh = () =>
  database.admin`update access.copy_state set as_of = now(), verified_at = now(), is_whole = true,
    guardians_until = now() + interval '1 hour'`;

describe('a request', () => {
  test('runs as the role for requests, and states who asks and on what grounds', async () => {
    await fresh();
    const [asGuardian] = await lookAs(db, guardian(person), (tx) => tx.execute(who));
    expect(asGuardian).toEqual({
      ...{ role: 'kittest_request', login: 'kittest', person, children: [child], units: [], seats: [] },
    });
    const [asStaff] = await lookAs(db, staff(person), (tx) => tx.execute(who));
    expect(asStaff).toMatchObject({ person, children: [], units: [], seats: [`${child}:${unit}`] });
  });

  test('of a machine or a service has no grounds', async () => {
    await fresh();
    const actors: Actor[] = [
      { kind: 'machine', clientId: person, organisation: '310001236', scopes: [] },
      { kind: 'service', name: 'identity' },
    ];
    for (const actor of actors) {
      const [seen] = await lookAs(db, actor, (tx) => tx.execute(who));
      expect(seen).toMatchObject({ person: null, children: [], units: [], seats: [] });
    }
  });

  test('leaves nothing behind on its connection', async () => {
    await fresh();
    const alone = openDatabase({ service: 'kittest', url: database.url, connections: 1 });
    try {
      await lookAs(alone, guardian(person), async () => {});
      const [after] = await alone.asService((tx) => tx.execute(who));
      expect(after).toEqual({
        ...{ role: 'kittest_worker', login: 'kittest', person: null, children: [], units: [], seats: [] },
      });
    } finally {
      await alone.close();
    }
  });

  test('sees of the copy what concerns whoever asks, and changes nothing', async () => {
    await fresh();
    const count = (table: string) => sql`select count(*)::int as rows from ${sql.raw(table)}`;
    for (const table of ['access.guardian', 'access.enrolment', 'access.staff_role']) {
      const [mine] = await lookAs(db, guardian(person), (tx) => tx.execute(count(table)));
      const [others] = await lookAs(db, guardian(), (tx) => tx.execute(count(table)));
      expect([mine, others]).toEqual([{ rows: 1 }, { rows: 0 }]);
      const remove = sql`delete from ${sql.raw(table)}`;
      await expect(lookAs(db, guardian(person), (tx) => tx.execute(remove))).rejects.toThrow();
    }
  });

  test.each([
    ['nothing was ever heard', sql`update access.copy_state set as_of = null, verified_at = null`],
    [
      'identity’s word is too old',
      sql`update access.copy_state set as_of = now() - interval '61 s', verified_at = now()`,
    ],
    [
      'it was heard too long ago',
      sql`update access.copy_state set as_of = now(), verified_at = now() - interval '61 s'`,
    ],
    [
      'something is missing',
      sql`update access.copy_state set as_of = now(), verified_at = now(), is_whole = false`,
    ],
  ])('is UNAVAILABLE when %s (S-04)', async (_what, change) => {
    await fresh();
    await db.asService((tx) => tx.execute(change));
    let hasRun = false;
    const asked = lookAs(db, guardian(person), async () => void (hasRun = true));
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(hasRun).toBe(false);
    await fresh();
  });

  test.each([
    ['has been away for too long', sql`now() - interval '1 second'`],
    ['was never heard of', sql`null`],
  ])(
    'of a guardian is UNAVAILABLE when the population register %s, and no other is (GUA-01)',
    async (_what, until) => {
      await fresh();
      await db.asService((tx) => tx.execute(sql`update access.copy_state set guardians_until = ${until}`));
      await expect(lookAs(db, guardian(person), (tx) => tx.execute(who))).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
      const [asStaff] = await lookAs(db, staff(person), (tx) => tx.execute(who));
      expect(asStaff).toMatchObject({ seats: [`${child}:${unit}`] });
      // The policy has no ground either, should anybody ask it (S-12).
      const facts = await db.asService((tx) => loadAccessFacts(tx, guardian(person), [child], '2026-11-21'));
      expect(facts.guardianOf).toEqual([]);
      await fresh();
      const again = await db.asService((tx) => loadAccessFacts(tx, guardian(person), [child], '2026-11-21'));
      expect(again.guardianOf).toEqual([child]);
    },
  );

  test('that waits too long for a lock is UNAVAILABLE, not a bug', async () => {
    await fresh();
    const held = database.admin.begin(async (tx) => {
      await tx`lock table access.unit in access exclusive mode`;
      await tx`select pg_sleep(3)`;
    });
    await eventually(async () => {
      const locks =
        await database.admin`select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted`;
      expect(locks.length).toBeGreaterThan(0);
    });
    const asked = lookAs(db, guardian(person), (tx) => tx.execute(sql`select from access.unit`));
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await held;
  });

  test('that takes too long is UNAVAILABLE, not a bug', async () => {
    await fresh();
    const asked = lookAs(db, guardian(person), (tx) => tx.execute(sql`select pg_sleep(10)`));
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('that is wrong stays a bug', async () => {
    await fresh();
    const asked = lookAs(db, guardian(person), (tx) => tx.execute(sql`select nonsense`));
    await expect(asked).rejects.toMatchObject({ cause: { code: '42703' } });
  });
});

describe('a decision', () => {
  test('looks as the request, acts as the service, and is the same person throughout', async () => {
    await fresh();
    const steps = await db.decide(
      guardian(person),
      async (tx) => (await tx.execute(who))[0],
      async (tx, found) => aboutNobody([found, (await tx.execute(who))[0]]),
    );
    const entered = { login: 'kittest', person, children: [child], units: [], seats: [] };
    expect(steps).toEqual([
      { role: 'kittest_request', ...entered },
      { role: 'kittest_worker', ...entered },
    ]);
  });

  test('has the time of a request, and more where that is said', async () => {
    await fresh();
    const limits = sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
    const timeOf = (withinMs?: number) =>
      db.decide(
        guardian(person),
        async () => {},
        async (tx) => aboutNobody((await tx.execute(limits))[0]),
        withinMs,
      );
    expect(await timeOf(300_000)).toEqual({ statement: '5min', lock: '30s' });
    expect(await timeOf()).toEqual({ statement: '5s', lock: '2s' });
    const late = db.decide(
      guardian(person),
      async () => {},
      async (tx) => aboutNobody(await tx.execute(sql`select pg_sleep(1)`)),
      50,
    );
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('does not act where looking fails, nor on a copy that is too old (S-04)', async () => {
    await fresh();
    let hasActed = false;
    const act = async () => aboutNobody(void (hasActed = true));
    const look = () => Promise.reject(new Error('no ground'));
    await expect(db.decide(guardian(), look, act)).rejects.toThrow('no ground');
    await db.asService((tx) => tx.execute(sql`update access.copy_state set is_whole = false`));
    await expect(db.decide(guardian(person), async () => {}, act)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(hasActed).toBe(false);
    await fresh();
  });

  test('that fails leaves nothing of either step, and nothing on its connection', async () => {
    await fresh();
    const alone = openDatabase({ service: 'kittest', url: database.url, connections: 1 });
    const tell = sql`insert into outbox (event_id, type, subject, data) values (${newId()}, 'a.b.c.v1', 'x', '{}')`;
    const told = () => database.admin`select from outbox where type = 'a.b.c.v1'`;
    try {
      const failing = alone.decide(
        guardian(person),
        (tx) => tx.execute(tell),
        () => Promise.reject(new Error('changed its mind')),
      );
      await expect(failing).rejects.toThrow('changed its mind');
      expect(await told()).toEqual([]);
      const [after] = await lookAs(alone, guardian(), (tx) => tx.execute(who));
      expect(after).toMatchObject({ role: 'kittest_request', children: [] });
    } finally {
      await alone.close();
    }
  });
});

describe('when the database is gone', () => {
  let wire: Outage;
  let wired: Database;
  beforeAll(async () => {
    wire = await cuttable(database.url);
    wired = openDatabase({ service: 'kittest', url: wire.url });
  });
  afterAll(async () => {
    await wired.close();
    await wire.close();
  });

  test('requests are UNAVAILABLE, under way or new, and the process goes on; when it is back, so are they', async () => {
    await fresh();
    await wired.ping();
    const underWay = lookAs(wired, guardian(person), (tx) => tx.execute(sql`select pg_sleep(1)`));
    underWay.catch(() => {});
    setTimeout(wire.cut, 200);
    await expect(underWay).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(lookAs(wired, guardian(person), async () => {})).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await expect(wired.ping()).rejects.toThrow();
    const own = await wired.asService(async () => {}).catch((error: unknown) => error);
    expect(isPassing(own)).toBe(true);
    wire.mend();
    await eventually(async () => {
      await fresh();
      await lookAs(wired, guardian(person), async () => {});
    });
  });
});

describe('migrations', () => {
  test('are applied once, and told by readiness', async () => {
    expect(await migrate('kittest', database.ownerUrl, [eventMigrations, accessCopyMigrations])).toEqual([]);
    const check = await checkMigrated(db, [eventMigrations, accessCopyMigrations]);
    await check();
    await database.admin`delete from migration.applied where name like 'access-copy/%'`;
    await expect(check()).rejects.toThrow('has not been applied');
  });

  test('that changed after they were applied are refused', async () => {
    await database.admin`update migration.applied set hash = 'other' where name like 'events/%'`;
    await expect(migrate('kittest', database.ownerUrl, [eventMigrations])).rejects.toThrow('has changed');
  });
});
