import { type Bus, connectBus, headersAbout } from '@ranselpost/kit/bus';
import { consume } from '@ranselpost/kit/consume';
import { accessCopyMigrations, eventMigrations } from '@ranselpost/kit/migrate';
import { startAccessCopy } from '@ranselpost/kit/access-copy';
import { keepsNothingToPurge } from '@ranselpost/kit/protection';
import { fact, tell, tellAll } from '@ranselpost/kit/outbox';
import { startRelay } from '@ranselpost/kit/relay';
import { open, seal } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { type TestBus, testBus } from '@ranselpost/kit/testing/bus';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { lookAs } from '@ranselpost/kit/testing/look';
import { testLife } from '@ranselpost/kit/testing/life';
import { followedPersonSchema } from '@ranselpost/schema/events/identity/person-followed.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import { feedInterruptedV1 } from '@ranselpost/schema/events/registry/feed-interrupted.v1';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { streams } from '@ranselpost/schema/events/streams';
import { newId } from '@ranselpost/kit/ids';
import { sql } from 'drizzle-orm';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy, toRecord } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type World, openWorld } from '../testing/world.ts';
import { startSnapshot, tellSnapshotBatch } from '../usecases/snapshot.ts';
import { sendHeartbeat } from './heartbeat.ts';
import { lostReading } from './lost-reading.ts';
import { onContactRecorded } from './on-contact-recorded.ts';
import { onFeedInterrupted } from './on-feed-interrupted.ts';
import { onPersonRecorded } from './on-person-recorded.ts';
import { onSnapshotRequested } from './on-snapshot-requested.ts';

let world: World;
let nats: TestBus;
let registryDatabase: TestDatabase;
let copy: TestDatabase;
let bus: Bus;
let registryBus: Bus;
const life = testLife('fatal');
const plan = (name: string) => streams.find((stream) => stream.name === name)!;

beforeAll(async () => {
  nats = await testBus();
  world = await openWorld();
  registryDatabase = await testDatabase('registry', [eventMigrations]);
  copy = await testDatabase('attendance', [eventMigrations, accessCopyMigrations]);
  bus = await connectBus(nats.url, 'identity', life.log);
  registryBus = await connectBus(nats.url, 'registry', life.log);
  const { deps } = world;
  const { db } = deps;
  const relay = startRelay({
    ...{ db, bus, log: life.log, plan: plan('identity') },
    onDrained: { everyMs: 100, call: sendHeartbeat(deps, bus) },
  });
  life.onStop('relay', relay.stop);
  const other = startRelay({
    db: registryDatabase.db,
    bus: registryBus,
    log: life.log,
    plan: plan('registry'),
  });
  life.onStop('registry', other.stop);
  const consumer = consume({
    ...{ db, bus, log: life.log, stream: 'registry', consumer: 'identity-registry' },
    handlers: [onPersonRecorded(deps), onContactRecorded(deps), onFeedInterrupted(deps)],
    onDead: lostReading(deps),
  });
  life.onStop('consumer', consumer.stop);
  onSnapshotRequested(deps, bus, life);
  startAccessCopy({
    service: 'attendance',
    db: copy.db,
    bus: await copyBus(),
    life,
    maxStaleness: 5,
    purge: keepsNothingToPurge,
  });
});
afterAll(async () => {
  await life.stop();
  await bus.close();
  await registryBus.close();
  await world.close();
  await registryDatabase.close();
  await copy.close();
  await nats.close();
});

async function copyBus(): Promise<Bus> {
  const mine = await connectBus(nats.url, 'attendance', life.log);
  life.onStop('copy bus', mine.close);
  return mine;
}

const recorded = async (personId: string, revision: number, record: ReturnType<typeof toRecord> | null) =>
  fact(personRecordedV1, {
    ...{ personId, revision, readAt: new Date().toISOString() },
    sealed: await seal(world.deps.numbers.sealKeys, personId, record),
  });
const childrenOf = async (personId: string) =>
  (
    await lookAs(copy.db, guardian(personId), (tx) =>
      tx.execute<{ child_id: string }>(sql`select child_id from access.guardian`),
    )
  ).map(({ child_id }) => child_id);

describe('facts, over the bus', () => {
  test('a reading from the registry reaches every copy, and what it asks for goes out sealed (S-10)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await world.child(number);
    const child = toRecord({ number, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) });
    await registryDatabase.db.asService(async (tx) => tellAll(tx, [await recorded(childId, 1, child)]));
    const motherId = await eventually(async () => {
      const found = await world.personOf(mother);
      expect(found).toBeDefined();
      return found!;
    });
    const [followed] = (await world.told()).filter(({ subject }) => subject === motherId);
    expect(JSON.stringify(followed)).not.toContain(mother);
    const sealed = followed!.data['sealed'] as string;
    expect(await open(world.deps.numbers.sealKeys, motherId, sealed, followedPersonSchema)).toEqual({
      number: mother,
    });
    await expect(open(world.deps.numbers.sealKeys, childId, sealed, followedPersonSchema)).rejects.toThrow();

    await registryDatabase.db.asService(async (tx) =>
      tellAll(tx, [await recorded(motherId, 1, toRecord({ number: mother }))]),
    );
    await eventually(async () => expect(await childrenOf(motherId)).toEqual([childId]));
  });

  test('keeps the chosen language, and nothing else of a contact; an older word does not overwrite it (S-24)', async () => {
    const contact = async (revision: number, language: 'nn' | 'se') =>
      fact(contactRecordedV2, {
        ...{ personId: world.id.mother, revision, readAt: new Date().toISOString() },
        sealedPreference: await seal(world.deps.numbers.sealKeys, world.id.mother, { language }),
        // Under keys that identity does not have.
        sealed: await seal({ current: 'c', keys: new Map([['c', randomBytes(32)]]) }, world.id.mother, {}),
      });
    const later = await contact(2, 'nn');
    const earlier = await contact(1, 'se');
    await registryDatabase.db.asService((tx) => tellAll(tx, [later, earlier]));
    await eventually(async () => {
      const [row] = await world.database
        .admin`select language, contact_revision from person where person_id = ${world.id.mother}`;
      expect(row).toMatchObject({ language: 'nn', contact_revision: 2 });
    });
    await world.deps.db.asService((tx) => tx.execute(sql`select 1`));
    const [row] = await world.database
      .admin`select language from person where person_id = ${world.id.mother}`;
    expect(row).toEqual({ language: 'nn' });
  });

  test('an interrupted feed leaves one thing for staff to look at', async () => {
    const interruption = () =>
      fact(feedInterruptedV1, {
        interruptionId: newId(),
        reason: 'POINTER_TOO_OLD',
        askedFor: 1,
        resumedAt: 9,
      });
    await registryDatabase.db.asService((tx) => tellAll(tx, [interruption(), interruption()]));
    await eventually(async () => expect(await world.openItems(null)).toEqual(['FEED_INTERRUPTED']));
  });

  test('a reading that does not open stands aside as a dead letter with a work item, and blocks nothing after it (S-24)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await world.child(number);
    const good = toRecord({ number, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) });
    const forAnother = await recorded(newId(), 1, good);
    await registryDatabase.db.asService(async (tx) =>
      tellAll(tx, [
        { ...forAnother, data: { ...(forAnother.data as object), personId: childId } },
        await recorded(childId, 2, good),
      ]),
    );
    await eventually(async () => expect(await world.personOf(mother)).toBeDefined(), 20_000);
    const dead = await world.database.admin`select type, cause from dead_letter`;
    expect(dead).toMatchObject([{ type: personRecordedV1.type }]);
    expect(JSON.stringify(dead)).not.toContain(number);
    expect(await world.openItems(null)).toContain('READING_LOST');
  });
});

describe('a word of the registry that is no envelope', () => {
  const nonsense = async (personId?: string) => {
    const named = personId === undefined ? {} : { headers: headersAbout(personId) };
    await registryBus.stream.publish(personRecordedV1.type, 'nonsense', named);
  };
  const letters = async () => (await world.database.admin`select from dead_letter`).length;

  test('holds the family of whoever its header names, and nobody where it names nobody (GUA-01, S-02)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await world.child(number);
    const children = { number, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) };
    await world.register(children);
    await world.register({ number: mother });
    const motherId = (await world.personOf(mother))!;
    const before = await letters();
    await nonsense();
    await nonsense('nobody');
    await eventually(async () => expect(await letters()).toBe(before + 2), 20_000);
    expect(await world.active(childId)).toEqual([motherId]);
    await nonsense(motherId);
    await eventually(async () => expect(await world.active(childId)).toEqual([]), 20_000);
    expect(await world.openItems(childId)).toContain('REGISTER_UNREADABLE');
  });
});

describe('a snapshot', () => {
  test('is told to a copy that asks, and fills it with everything and everybody', async () => {
    await eventually(async () => expect(await childrenOf(world.id.mother)).toHaveLength(2));
    // A copy that has missed something closes itself, asks, and is whole again by itself.
    await copy.admin`update access.copy_state set is_whole = false, snapshot_id = null`;
    await copy.admin`delete from access.guardian`;
    await eventually(async () => {
      expect((await childrenOf(world.id.mother)).toSorted()).toEqual(
        [world.id.ours, world.id.sibling].toSorted(),
      );
      expect((await childrenOf(world.id.father)).length).toBe(3);
    }, 20_000);
    const [state] = await copy.admin`select is_whole from access.copy_state`;
    expect(state).toEqual({ is_whole: true });
    const seen = await lookAs(copy.db, staff(world.id.teacher), (tx) =>
      tx.execute<{ child_id: string }>(sql`select distinct child_id from access.enrolment`),
    );
    expect(seen.map(({ child_id }) => child_id).toSorted()).toEqual(
      [world.id.ours, world.id.hidden].toSorted(),
    );
  });

  test('takes away from a copy what nobody has been told of', async () => {
    const [childId, personId] = [newId(), newId()];
    await copy.admin`insert into access.guardian values (${childId}, ${personId}, ${newId()}, 'MANUAL')`;
    await copy.admin`
      insert into access.fact (kind, subject_id, revision) values (${guardiansChangedV1.type}, ${childId}, 1)`;
    await copy.admin`update access.copy_state set is_whole = false`;
    await eventually(async () => expect(await childrenOf(personId)).toEqual([]), 20_000);
  });

  test('begins once however many ask at once, and goes on where it was when it is killed (S-21)', async () => {
    await eventually(async () => {
      const [row] = await world.database.admin`
        select (select completed_at is not null from snapshot) and not exists (select from outbox where published_at is null) as done`;
      expect(row).toEqual({ done: true });
    }, 20_000);
    const lone = await openWorld();
    try {
      expect(
        await Promise.all([startSnapshot(lone.deps), startSnapshot(lone.deps), startSnapshot(lone.deps)]),
      ).toEqual(expect.arrayContaining([true, false, false]));
      await lone.told();
      for (const _phase of ['erased', 'concealed', 'units']) await tellSnapshotBatch(lone.deps);
      const [half] = await lone.database.admin`select phase, completed_at from snapshot`;
      expect(half).toEqual({ phase: 'roles', completed_at: null });
      // Another process takes over from here: nothing but the database knows that it had begun.
      while (await tellSnapshotBatch({ ...lone.deps }));
      const told = (await lone.told()).map(({ type, subject }) => `${type} ${subject}`);
      expect(new Set(told).size).toBe(told.length);
      expect(told.at(-1)).toMatch(/^identity\.snapshot\.completed\.v1/);
      expect(await startSnapshot(lone.deps)).toBe(false);
    } finally {
      await lone.close();
    }
  });
});

describe('the database, dumped whole', () => {
  test('shows no national number of anybody in it (S-10)', async () => {
    await world.deps.db.asService((tx) =>
      tell(tx, guardiansChangedV1, { childId: world.id.ours, revision: 99, guardians: [] }),
    );
    const everything: string[] = [];
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind = 'r'
      and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`;
    for (const { name } of tables)
      everything.push(
        ...(await world.database.admin.unsafe(`select t::text as row from ${name} as t`)).map(
          (row) => row['row'] as string,
        ),
      );
    const dump = everything.join('\n');
    expect(everything.length).toBeGreaterThan(150);
    for (const number of Object.values(world.number)) {
      expect(dump).not.toContain(number);
      expect(dump).not.toContain(Buffer.from(number).toString('hex'));
      expect(dump).not.toContain(Buffer.from(number).toString('base64').slice(0, 12));
    }
    expect(dump.match(/(?<![\w-])\d{11}(?![\w-])/g)).toBeNull();
  });
});

test('the service says everything that is wrong with its configuration at once and starts nothing', () => {
  const { status, stderr } = spawnSync(process.execPath, [new URL('../main.ts', import.meta.url).pathname], {
    env: { NUMBER_SERIES: 'both', NUMBER_KEYS: 'k1:short', PORT: '1', OPS_PORT: '1' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  for (const name of [
    'NUMBER_SERIES',
    'NUMBER_KEYS',
    'NUMBER_LOOKUP_KEY',
    'SEAL_KEYS',
    'OUTBOUND_SEAL_KEY',
    'PLACEMENT_SEAL_KEY',
    'DATABASE_URL',
    'NATS_URL',
    'GATEWAY_JWKS_URL',
    'ACTOR_ISSUER',
  ])
    expect(stderr).toContain(name);
  expect(stderr).not.toContain('k1:short');
});
