import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChildRead, about, aboutNobody } from './answer.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';
import { accessCopyMigrations, eventMigrations } from './migrate.ts';
import { guardian, staff } from './testing/actors.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase('kittest', [eventMigrations, accessCopyMigrations]);
  db = database.db;
  await database.admin`update access.copy_state set as_of = now(), verified_at = now(), is_whole = true,
    guardians_until = now() + interval '1 hour'`;
});
afterAll(() => database.close());

const read = (more: Partial<ChildRead> = {}): ChildRead => ({
  ...{ childId: newId(), kind: 'CHILD', unitId: newId(), role: 'TEACHER', rule: 'S-02' },
  ...more,
});
const toldOf = async (readerId: string) =>
  (
    await database.admin<{ type: string; data: { readerId: string; reads: ChildRead[] } }[]>`
      select type, data from outbox where data->>'readerId' = ${readerId} order by id`
  ).map(({ type, data }) => ({ type, reads: data.reads }));

describe('an answer to staff (S-11)', () => {
  test('is told with every child in it, once for each kind of data, in one event of the same transaction', async () => {
    const teacher = staff();
    const [one, other] = [read(), read()];
    const reads = [one, { ...one, kind: 'ABSENCE' as const }, other, one];
    expect(await db.asActor(teacher, async () => about(reads, 'the answer'))).toBe('the answer');
    expect(await toldOf(teacher.personId)).toEqual([
      { type: 'kittest.child.read.v1', reads: [one, reads[1], other] },
    ]);
  });

  test('is not given when its row cannot be kept', async () => {
    const teacher = staff();
    const asked = db.asActor(teacher, async () => about([read({ role: 'no role' })], 'the answer'));
    await expect(asked).rejects.toThrow();
    expect(await toldOf(teacher.personId)).toEqual([]);
  });

  test('is not given when the transaction with its row does not commit', async () => {
    await database.admin.unsafe(`
      create function fail_late() returns trigger language plpgsql as $$ begin raise exception 'too late'; end $$;
      create constraint trigger late after insert on outbox deferrable initially deferred
        for each row execute function fail_late()`);
    try {
      const teacher = staff();
      await expect(db.asActor(teacher, async () => about([read()], 'the answer'))).rejects.toThrow();
      expect(await toldOf(teacher.personId)).toEqual([]);
    } finally {
      await database.admin`drop trigger late on outbox`;
    }
  });

  test('goes with what else the request did, or not at all', async () => {
    const teacher = staff();
    const asked = db.asActor(teacher, async (tx) => {
      await tx.execute(sql`select 1/0`);
      return about([read()], 'the answer');
    });
    await expect(asked).rejects.toThrow();
    expect(await toldOf(teacher.personId)).toEqual([]);
  });

  test('must say whom it is about', async () => {
    const forgetful = (async () => new Map([['child', 'name']])) as never;
    await expect(db.asActor(staff(), forgetful)).rejects.toThrow(/aboutNobody/);
    await expect(db.asActor(guardian(), forgetful)).rejects.toThrow(/aboutNobody/);
  });

  test('about nobody leaves no row', async () => {
    const teacher = staff();
    expect(await db.asActor(teacher, async () => aboutNobody(7))).toBe(7);
    expect(await toldOf(teacher.personId)).toEqual([]);
  });
});

test('what guardians read of their own children is nobody’s to log', async () => {
  const mother = guardian();
  expect(await db.asActor(mother, async () => about([read()], 'the answer'))).toBe('the answer');
  expect(await toldOf(mother.personId)).toEqual([]);
});
