import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import type { Envelope } from '@ranselpost/schema/events/event';
import { streams } from '@ranselpost/schema/events/streams';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bus, aboutOf, connectBus } from './bus.ts';
import { newId } from './ids.ts';
import { createLog } from './log.ts';
import { accessCopyMigrations, eventMigrations } from './migrate.ts';
import { fact, tell, tellAll } from './outbox.ts';
import { type RelayOptions, startRelay } from './relay.ts';
import { type TestBus, testBus } from './testing/bus.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';

const log = createLog('test', 'error');
const plan = streams.find(({ name }) => name === 'attendance')!;
let database: TestDatabase;
let server: TestBus;
let bus: Bus;
let relays: { stop(): Promise<void> }[];
beforeEach(async () => {
  [database, server] = await Promise.all([
    testDatabase('kittest', [eventMigrations, accessCopyMigrations]),
    testBus(),
  ]);
  bus = await connectBus(server.url, 'attendance', log);
  relays = [];
});
afterEach(async () => {
  for (const relay of relays) await relay.stop();
  await bus.connection.close();
  await Promise.all([database.close(), server.close()]);
});

const relay = (more: Partial<RelayOptions> = {}) => {
  const started = startRelay({ db: database.db, bus, log, plan, ...more });
  relays.push(started);
  return started;
};
const aFact = (absenceId: string = newId()) => ({
  ...{ absenceId, childId: newId(), unitId: newId(), day: '2026-11-23' },
});
const tellOne = async (absenceId: string = newId()) => {
  await database.db.asService((tx) => tell(tx, absenceReportedV1, aFact(absenceId)));
  return absenceId;
};
const published = async (): Promise<Envelope[]> => {
  const stream = await bus.stream.streams.get('attendance');
  const { state } = await stream.info();
  const envelopes: Envelope[] = [];
  for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1)
    envelopes.push((await stream.getMessage({ seq }))!.json<Envelope>());
  return envelopes;
};
const abouts = async (): Promise<readonly (string | null)[]> => {
  const stream = await bus.stream.streams.get('attendance');
  const { state } = await stream.info();
  const messages = Array.from({ length: state.messages }, (_one, place) =>
    stream.getMessage({ seq: state.first_seq + place }),
  );
  return (await Promise.all(messages)).map((message) => aboutOf(message?.header));
};
const subjects = async () => (await published()).map(({ subject }) => subject);
const holds = (expected: readonly string[]) =>
  eventually(async () => expect(await subjects()).toEqual(expected), 20_000);

describe('the outbox', () => {
  test('keeps what is told if and only if the transaction commits (S-21)', async () => {
    const failing = database.db.asService(async (tx) => {
      await tell(tx, absenceReportedV1, aFact());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.admin`select from outbox`).toHaveLength(0);
    await tellOne();
    expect(await database.admin`select from outbox`).toHaveLength(1);
  });

  test('takes nothing that does not keep its contract, and nothing beside it', async () => {
    const told = (data: object) => database.db.asService((tx) => tell(tx, absenceReportedV1, data as never));
    await expect(told({ ...aFact(), day: 'soon' })).rejects.toThrow();
    await told({ ...aFact(), cause: 'SICK' });
    const [row] = await database.admin`select data::text as text from outbox`;
    expect(row!['text']).not.toContain('SICK');
  });

  test('takes many facts in the order given', async () => {
    const facts = Array.from({ length: 50 }, () => fact(absenceReportedV1, aFact()));
    await database.db.asService((tx) => tellAll(tx, facts));
    const rows = await database.admin`select subject from outbox order by id`;
    expect(rows.map(({ subject }) => subject as string)).toEqual(facts.map(({ subject }) => subject));
    await database.db.asService((tx) => tellAll(tx, []));
  });
});

describe('the relay', () => {
  test('publishes in an unbroken order, whoever told at the same time', async () => {
    relay();
    await Promise.all(Array.from({ length: 40 }, () => tellOne()));
    for (let round = 0; round < 3; round += 1)
      await database.db.asService((tx) =>
        tellAll(
          tx,
          Array.from({ length: 700 }, () => fact(absenceReportedV1, aFact())),
        ),
      );
    const envelopes = await eventually(async () => {
      const all = await published();
      expect(all).toHaveLength(2140);
      return all;
    }, 30_000);
    expect(envelopes.map(({ seq }) => seq)).toEqual(envelopes.map((_envelope, index) => index + 1));
    const rows = await database.admin`select subject from outbox order by seq`;
    expect(envelopes.map(({ subject }) => subject)).toEqual(rows.map(({ subject }) => subject as string));
  });

  test('says beside each envelope whom it is about, for whoever cannot read it (S-24)', async () => {
    relay();
    const ids = [await tellOne(), await tellOne()];
    await holds(ids);
    expect(await abouts()).toEqual(ids);
  });

  test('passes by a transaction that began earlier and commits later, and takes it when it does', async () => {
    relay();
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const slow = newId();
    const late = database.db.asService(async (tx) => {
      await tell(tx, absenceReportedV1, aFact(slow));
      started.resolve();
      await finish.promise;
    });
    await started.promise;
    const quick = await tellOne();
    await holds([quick]);
    finish.resolve();
    await late;
    await holds([quick, slow]);
  });

  test('waits for a bus that is away, and tells what was committed meanwhile', async () => {
    relay();
    const before = await tellOne();
    await holds([before]);
    await server.kill();
    const meanwhile = [await tellOne(), await tellOne()];
    await server.start();
    await holds([before, ...meanwhile]);
  });

  test('tells once when it is repeated after a crash between publish and commit', async () => {
    const first = relay();
    const ids = [await tellOne(), await tellOne(), await tellOne()];
    await holds(ids);
    await first.stop();
    await database.admin`update outbox set published_at = null, stream_sequence = null where seq > 1`;
    const more = await tellOne();
    relay();
    await holds([...ids, more]);
    await eventually(async () =>
      expect(await database.admin`select from outbox where published_at is null`).toHaveLength(0),
    );
  });

  test('tells everything again to a stream that was lost, in the same order and places', async () => {
    relay();
    const ids = [await tellOne(), await tellOne()];
    await holds(ids);
    const before = await published();
    await server.kill();
    await server.start({ empty: true });
    await holds(ids);
    expect(await published()).toEqual(before);
    const more = await tellOne();
    await holds([...ids, more]);
  });

  test('tells the tail again to a stream that a power cut made shorter', async () => {
    relay();
    const kept = [await tellOne(), await tellOne()];
    await holds(kept);
    await server.kill();
    await server.keep();
    await server.start();
    const lost = [await tellOne(), await tellOne(), await tellOne()];
    await holds([...kept, ...lost]);
    const before = await published();
    await server.kill();
    await server.putBack();
    const meanwhile = await tellOne();
    await server.start();
    await holds([...kept, ...lost, meanwhile]);
    expect((await published()).slice(0, -1)).toEqual(before);
  });

  test('of two, one works at a time, and the other takes over; nothing is told twice', async () => {
    const [one, other] = [relay(), relay()];
    const ids: string[] = [];
    for (let round = 0; round < 10; round += 1) ids.push(await tellOne());
    await holds(ids);
    await one.stop();
    relays = [other];
    for (let round = 0; round < 10; round += 1) ids.push(await tellOne());
    await holds(ids);
  });

  test('goes on when its own session in the database is ended', async () => {
    relay();
    const before = await tellOne();
    await holds([before]);
    await database.admin`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'kittest'`;
    const after = await eventually(() => tellOne());
    await holds([before, after]);
  });

  test('says that all is published only when it is (S-04)', async () => {
    const said: { position: number; asOf: Date }[] = [];
    relay({ onDrained: { everyMs: 50, call: (position, asOf) => void said.push({ position, asOf }) } });
    await eventually(() => expect(said.at(-1)?.position).toBe(0));
    const ids = [await tellOne(), await tellOne()];
    await holds(ids);
    await eventually(() => expect(said.at(-1)?.position).toBe(2));
    await server.kill();
    await tellOne();
    const committed = new Date();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(said.filter((drained) => drained.asOf > committed)).toEqual([]);
    const asOf = said.at(-1)!.asOf;
    await server.start();
    await eventually(() => expect(said.at(-1)).toMatchObject({ position: 3 }), 20_000);
    expect(said.at(-1)!.asOf.getTime()).toBeGreaterThan(asOf.getTime());
  });

  test('stops also while the bus is away', async () => {
    const started = relay();
    await tellOne();
    await eventually(async () => expect(await subjects()).toHaveLength(1));
    await server.kill();
    await tellOne();
    await started.stop();
    relays = [];
  });
});
