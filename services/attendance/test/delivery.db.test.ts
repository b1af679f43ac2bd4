import { connectBus } from '@ranselpost/kit/bus';
import { newId } from '@ranselpost/kit/ids';
import { createLog } from '@ranselpost/kit/log';
import { checkMigrated, migrate } from '@ranselpost/kit/migrate';
import { addDays } from '@ranselpost/kit/pure/dates';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { type IdentityFacts, identityFacts } from '@ranselpost/kit/testing/identity-facts';
import type { Envelope } from '@ranselpost/schema/events/event';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../src/migrations.ts';
import { children, people, places, tellFamilies } from './families.ts';
import { type Service, absenceOf, inputOf, reportAbsence, startService } from './service.ts';
import { copyHas, tomorrow } from './world.ts';

let actors: TestActors;
let bus: TestBus;
let database: TestDatabase;
let identity: IdentityFacts;
let service: Service;
const start = () => startService({ databaseUrl: database.url, busUrl: bus.url, actors });
beforeAll(async () => {
  [actors, bus, database] = await Promise.all([
    testActors(),
    testBus(),
    testDatabase('attendance', migrations),
  ]);
  identity = await identityFacts(bus.url);
  service = await start();
  await tellFamilies(identity, database);
  identity.beat();
  await copyHas(database.db, identity);
});
afterAll(async () => {
  await service.kill();
  await identity.close();
  await Promise.all([actors.close(), bus.close(), database.close()]);
});

let days = 0;
const report = async () => {
  const input = {
    ...{ childId: children.ours, unitId: places.school, day: addDays(tomorrow, (days += 1)) },
    ...{ cause: 'SICK', idempotencyKey: newId() },
  };
  const { data, codes } = await service.ask(people.mother, reportAbsence, { input: inputOf(input) });
  expect(codes).toEqual([]);
  return absenceOf(data).id;
};

/** Everything that lies in the service's stream. */
const published = async (): Promise<Envelope[]> => {
  const reader = await connectBus(bus.url, 'reader', createLog('reader', 'error'));
  try {
    const stream = await reader.stream.streams.get('attendance');
    const { state } = await stream.info();
    const envelopes: Envelope[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1)
      envelopes.push((await stream.getMessage({ seq }))!.json<Envelope>());
    return envelopes;
  } finally {
    await reader.connection.close();
  }
};
const tellings = async (absenceId: string) =>
  (await published()).filter(({ subject }) => subject === absenceId).map(({ type }) => type);
const once = (absenceId: string) =>
  eventually(
    async () => expect(await tellings(absenceId)).toEqual(['attendance.absence.reported.v1']),
    20_000,
  );

test('an absence is told right after it is committed, in an envelope that keeps its contract', async () => {
  const absenceId = await report();
  await once(absenceId);
  const [envelope] = (await published()).filter(({ subject }) => subject === absenceId);
  expect(envelope).toMatchObject({
    ...{ specversion: '1.0', source: 'attendance', datacontenttype: 'application/json' },
    data: { absenceId, childId: children.ours, unitId: places.school },
  });
});

test('kill -9 between commit and publish: the event arrives once, when the bus and the service are back (S-20, S-21)', async () => {
  await bus.kill();
  const ids = [await report(), await report(), await report()];
  await service.kill();
  const rows = await database.admin`select id from absence where id in ${database.admin(ids)}`;
  expect(rows).toHaveLength(3);
  const waiting = await database.admin`
    select subject from outbox where published_at is null and subject in ${database.admin(ids)}`;
  expect(waiting).toHaveLength(3);
  await bus.start();
  service = await start();
  for (const id of ids) await once(id);
  const all = await published();
  expect(all.map(({ subject }) => subject).filter((subject) => ids.includes(subject))).toEqual(ids);
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_one, place) => all[0]!.seq + place));
});

test('kill -9 between publish and the note that it was published: the event is not told twice (S-21)', async () => {
  const absenceId = await report();
  await once(absenceId);
  await eventually(async () => {
    const [row] = await database.admin`select published_at from outbox where subject = ${absenceId}`;
    expect(row?.['published_at']).not.toBeNull();
  });
  await service.kill();
  await database.admin`update outbox set published_at = null where subject = ${absenceId}`;
  service = await start();
  await eventually(async () => {
    const [row] = await database.admin`select published_at from outbox where subject = ${absenceId}`;
    expect(row?.['published_at']).not.toBeNull();
  });
  await once(absenceId);
});

test('a bus that lost its disk is told everything again (S-21)', async () => {
  const before = await report();
  await once(before);
  await bus.kill();
  await bus.start({ empty: true });
  await once(before);
  const after = await report();
  await once(after);
  const places_ = (await published()).map(({ seq }) => seq);
  expect(places_).toEqual(places_.toSorted((one, other) => one - other));
});

test('a newer version migrates the database under the one that runs; both serve side by side, and nothing is lost or doubled (security § 4.14)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'newer-'));
  await writeFile(
    join(folder, '0001_add.sql'),
    `alter table absence add column of_the_newer boolean not null default false;
     create index absence_of_the_newer on absence (of_the_newer);
     create table newer (id uuid primary key);
     alter table newer enable row level security;
     alter table newer force row level security;`,
  );
  const newer = [...migrations, { name: 'newer', folder: pathToFileURL(`${folder}/`) }];
  await expect((await checkMigrated(database.db, newer))()).rejects.toThrow('has not been applied');
  let isOver = false;
  const meanwhile = (async () => {
    const ids: string[] = [];
    while (!isOver) ids.push(await report());
    return ids;
  })();
  expect(await migrate('attendance', database.ownerUrl, newer)).toEqual(['newer/0001_add.sql']);
  const older = service;
  service = await start();
  expect(await older.stop()).toBe(0);
  isOver = true;
  const ids = await meanwhile;
  expect(ids.length).toBeGreaterThan(2);
  await eventually(async () => {
    const told = (await published()).filter(({ subject }) => ids.includes(subject));
    expect(told.map(({ subject }) => subject)).toEqual(ids);
  }, 20_000);
  // The older version finds all that it knows in the newer one's database, and has nothing to do there.
  expect(await migrate('attendance', database.ownerUrl, migrations)).toEqual([]);
  for (const known of [migrations, newer]) await (await checkMigrated(database.db, known))();
  await rm(folder, { recursive: true });
});

test('a stop lets what was asked be answered, and ends with status 0', async () => {
  const pending = report();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const status = service.stop();
  await once(await pending);
  expect(await status).toBe(0);
  service = await start();
});
