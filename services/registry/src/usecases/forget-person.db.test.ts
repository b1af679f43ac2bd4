import { newId } from '@ranselpost/kit/ids';
import { eventMigrations } from '@ranselpost/kit/migrate';
import { seal } from '@ranselpost/kit/seal';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import type { Envelope } from '@ranselpost/schema/events/event';
import { erasureAcknowledgedV1 } from '@ranselpost/schema/events/registry/erasure-acknowledged.v1';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../test/stand.ts';
import { onPersonErased } from '../events/on-person-erased.ts';
import { registryMigrations } from '../migrations.ts';
import { followPersons } from './follow-persons.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('registry', [eventMigrations, registryMigrations]);
});
afterAll(() => database.close());

const follow = async (personId: string, number: string): Promise<void> =>
  database.db.asService(async (tx) =>
    followPersons(tx, { keys, series: 'synthetic' }, [
      {
        ...{ personId, reason: 'guardian', sealed: await seal(keys.seals, personId, { number }) },
        // Told by a clock that is ahead: nobody is kept for that.
        ...{ toldAt: '2099-01-01T00:00:00Z', tellAgain: false, withResidence: false },
      },
    ]),
  );
const hear = (personId: string) =>
  database.db.asService((tx) =>
    onPersonErased.handle(tx, { personId, acknowledgeBy: '2026-11-23T08:00:00Z' } as never, {} as Envelope),
  );
const columns = async (personId: string) => {
  const tables = await database.admin<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and a.attname = 'person_id'`;
  const found = await Promise.all(
    tables.map(async ({ table }) => ({
      table,
      rows: await database.admin`select from ${database.admin(table)} where person_id = ${personId}`,
    })),
  );
  return found.filter(({ rows }) => rows.length > 0).map(({ table }) => table);
};

test('whoever identity has erased is followed no more, and their number, readings and events are forgotten (FREG-06, RET-08)', async () => {
  const [gone, here] = [newId(), newId()];
  await follow(gone, '21861864070');
  await follow(here, '21861864070');
  for (const id of [gone, here]) {
    await database.admin`insert into feed_event (sequence, person_id, type) values (7, ${id}, 'endringINavn')`;
    await database.admin`insert into difference (person_id) values (${id})`;
    await database.admin`
      insert into dead_letter (id, consumer, type, cause, envelope)
      values (gen_random_uuid(), 'registry-follow-list', 'identity.person.followed.v1', 'x', jsonb_build_object('subject', ${id}::text))`;
  }
  const tables = ['difference', 'feed_event', 'followed_person', 'reading'];
  expect((await columns(gone)).toSorted()).toEqual(tables);

  // The second time it is told again, by an identity that has not heard the answer.
  for (let time = 1; time <= 2; time += 1) {
    await hear(gone);
    expect(await columns(gone)).toEqual([]);
    expect((await columns(here)).toSorted()).toEqual(tables);
    expect(await database.admin`select from dead_letter`).toHaveLength(1);
    const told = await database.admin<{ type: string; subject: string }[]>`select type, subject from outbox`;
    expect(told).toHaveLength(time);
    expect(told[0]).toEqual({ type: erasureAcknowledgedV1.type, subject: gone });
  }
});
