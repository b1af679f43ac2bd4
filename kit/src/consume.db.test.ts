import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import { type Envelope, defineEvent } from '@ranselpost/schema/events/event';
import { streams } from '@ranselpost/schema/events/streams';
import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connectBus, ensureStream } from './bus.ts';
import { type ConsumeOptions, consume, on } from './consume.ts';
import { openDatabase } from './database.ts';
import { newId } from './ids.ts';
import { createLog } from './log.ts';
import { accessCopyMigrations, eventMigrations } from './migrate.ts';
import { testBus } from './testing/bus.ts';
import { testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';
import { cuttable } from './testing/outage.ts';

const log = createLog('test', 'error');
const plan = streams.find(({ name }) => name === 'attendance')!;
/** Notes each event; `bad` makes the noting fail for some. */
const noting = (bad: (envelope: Envelope) => unknown = () => undefined) =>
  on(absenceReportedV1, async (tx, _data, envelope) => {
    const failure = bad(envelope);
    if (failure !== undefined) throw failure;
    await tx.execute(sql`insert into effect (seq, subject) values (${envelope.seq}, ${envelope.subject})`);
  });

/** A bus that somebody tells on, and a database that what is told takes effect in. */
async function openListener() {
  const [database, server] = await Promise.all([
    testDatabase('kittest', [eventMigrations, accessCopyMigrations]),
    testBus(),
  ]);
  const bus = await connectBus(server.url, 'attendance', log);
  await ensureStream(await bus.manager(), plan);
  await database.admin.unsafe(`
    create table effect (id bigint generated always as identity, seq bigint, subject text);
    grant select, insert on effect to kittest_worker`);
  const consumers: { stop(): Promise<void> }[] = [];
  let seq = 0;

  const anEnvelope = (more: Partial<Envelope> = {}): Envelope => {
    const absenceId = newId();
    return {
      ...{
        specversion: '1.0',
        id: newId(),
        type: absenceReportedV1.type,
        source: 'attendance',
        subject: absenceId,
      },
      ...{ time: new Date().toISOString(), datacontenttype: 'application/json', seq: (seq += 1) },
      data: { absenceId, childId: newId(), unitId: newId(), day: '2026-11-23' },
      ...more,
    };
  };
  const publish = async (envelope: unknown = anEnvelope(), type = absenceReportedV1.type) => {
    await bus.stream.publish(type, JSON.stringify(envelope));
    return envelope as Envelope;
  };
  const publishMany = async (count: number): Promise<string[]> => {
    const envelopes = Array.from({ length: count }, () => anEnvelope());
    for (let from = 0; from < count; from += 500)
      await Promise.all(envelopes.slice(from, from + 500).map((envelope) => publish(envelope)));
    return envelopes.map(({ subject }) => subject);
  };
  const listen = (more: Partial<ConsumeOptions> = {}) => {
    const options = {
      db: database.db,
      bus,
      log,
      stream: 'attendance',
      consumer: 'kittest',
      handlers: [noting()],
    };
    const consumer = consume({ ...options, ...more });
    consumers.push(consumer);
    return consumer;
  };
  const effects = async () =>
    (await database.admin`select subject from effect order by id`).map(({ subject }) => subject as string);
  /** Waits for exactly these effects; of many it says only where the first is that is missing or out of order. */
  const hasEffects = (expected: readonly string[]) =>
    eventually(async () => {
      const seen = await effects();
      const wrongAt = expected.findIndex((subject, place) => seen[place] !== subject);
      expect({ count: seen.length, wrongAt }).toEqual({ count: expected.length, wrongAt: -1 });
    }, 30_000);
  const dead = () => database.admin`select event_id, type, cause, envelope from dead_letter order by dead_at`;
  return {
    ...{
      database,
      server,
      bus,
      consumers,
      anEnvelope,
      publish,
      publishMany,
      listen,
      effects,
      hasEffects,
      dead,
    },
    [Symbol.asyncDispose]: async () => {
      for (const consumer of consumers) await consumer.stop();
      await bus.connection.close();
      await Promise.all([database.close(), server.close()]);
    },
  };
}
type Listener = Awaited<ReturnType<typeof openListener>>;

// Each test has a listener of its own, and those who mostly wait do so side by side.
describe.concurrent('a consumer', () => {
  test('takes in everything that was told, before and after it came, in order', async () => {
    await using listener = await openListener();
    const { publishMany, listen, hasEffects } = listener;
    const before = await publishMany(450);
    listen();
    await hasEffects(before);
    const after = await publishMany(3);
    await hasEffects([...before, ...after]);
  });

  test('takes in once what comes many times (S-21)', async () => {
    await using listener = await openListener();
    const { anEnvelope, publish, listen, hasEffects } = listener;
    listen();
    const envelope = anEnvelope();
    for (let time = 0; time < 3; time += 1) await publish(envelope);
    const last = await publish();
    await hasEffects([envelope.subject, last.subject]);
  });

  test('records the event in the transaction that does the work', async () => {
    await using listener = await openListener();
    const { database, publish, listen, hasEffects, dead } = listener;
    let isBroken = true;
    listen({ handlers: [noting(() => (isBroken ? new Error('not yet') : undefined))] });
    const { subject } = await publish();
    await sleep(400);
    expect(await database.admin`select from inbox`).toHaveLength(0);
    isBroken = false;
    await hasEffects([subject]);
    expect(await dead()).toEqual([]);
  });

  test('passes over what is not for it', async () => {
    await using listener = await openListener();
    const { anEnvelope, publish, listen, hasEffects, dead } = listener;
    listen();
    await publish(anEnvelope({ type: 'attendance.leave.granted.v1' }), 'attendance.leave.granted.v1');
    const { subject } = await publish();
    await hasEffects([subject]);
    expect(await dead()).toEqual([]);
  });
});

describe.concurrent('two versions of one fact, told side by side', () => {
  const newer = defineEvent('attendance.absence.reported.v2', 'absenceId', { absenceId: z.uuid() });
  const tellBoth = async ({ publish, anEnvelope }: Listener) => {
    const old = await publish();
    const absenceId = newId();
    await publish(anEnvelope({ type: newer.type, subject: absenceId, data: { absenceId } }), newer.type);
    return [old.subject, absenceId] as const;
  };

  test('are each taken in by whoever knows both (security § 4.14)', async () => {
    await using listener = await openListener();
    const { listen, hasEffects, dead } = listener;
    const second = on(newer, async (tx, { absenceId }) => {
      await tx.execute(sql`insert into effect (subject) values (${absenceId})`);
    });
    listen({ handlers: [noting(), second] });
    await hasEffects(await tellBoth(listener));
    expect(await dead()).toEqual([]);
  });

  test('are no hindrance to whoever knows the older: the newer waits as a dead letter until it is replayed (S-24)', async () => {
    await using listener = await openListener();
    const { publish, listen, hasEffects, dead } = listener;
    listen();
    const [old, later] = await tellBoth(listener);
    const last = await publish();
    await hasEffects([old, last.subject]);
    expect(await dead()).toMatchObject([{ type: newer.type, envelope: { subject: later } }]);
  });
});

describe.concurrent('an event that keeps failing', () => {
  test('is put aside with its cause, and blocks nothing else (S-24)', async () => {
    await using listener = await openListener();
    const { anEnvelope, publish, listen, hasEffects, dead } = listener;
    const bad = anEnvelope();
    const person = 'MILD PARAPLY 01818012345';
    listen({ handlers: [noting(({ id }) => (id === bad.id ? new Error(person) : undefined))] });
    const first = await publish();
    await publish(bad);
    const last = await publish();
    await hasEffects([first.subject, last.subject]);
    const [letter, ...more] = await dead();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ event_id: bad.id, type: bad.type, cause: 'Error', envelope: bad });
  });

  test('is put aside once however often it comes, also when nothing of it can be read (S-21)', async () => {
    await using listener = await openListener();
    const { bus, publish, listen, hasEffects, dead } = listener;
    const first = listen();
    for (let time = 0; time < 2; time += 1) await publish({ not: 'an envelope' });
    const { subject } = await publish();
    await hasEffects([subject]);
    await first.stop();
    // As after a crash of the bus, which forgets what it was told of deliveries.
    await (await bus.manager()).consumers.delete('attendance', 'kittest');
    listen();
    const last = await publish();
    await hasEffects([subject, last.subject]);
    expect((await dead()).map(({ event_id }) => event_id as unknown)).toEqual([null, null]);
  });

  test('is tried again when somebody asks for it', async () => {
    await using listener = await openListener();
    const { database, publish, listen, effects, hasEffects, dead } = listener;
    let isBroken = true;
    listen({ handlers: [noting(() => (isBroken ? new Error('broken') : undefined))] });
    const { subject } = await publish();
    await eventually(async () => expect(await dead()).toHaveLength(1), 20_000);
    const ask = () => database.admin`update dead_letter set replay_requested_at = now()`;
    await ask();
    await eventually(async () => {
      const [letter] = await database.admin`select replay_requested_at from dead_letter`;
      expect(letter!['replay_requested_at']).toBeNull();
    });
    expect(await effects()).toEqual([]);
    isBroken = false;
    await ask();
    await hasEffects([subject]);
    await sleep(200);
    expect(await database.admin`select from dead_letter where replayed_at is null`).toHaveLength(0);
  });

  test.each<[string, (listener: Listener) => { envelope: unknown; type?: string }]>([
    ['is no JSON of an envelope', () => ({ envelope: 'hello' })],
    [
      'does not keep its contract',
      ({ anEnvelope }) => ({ envelope: anEnvelope({ data: { absenceId: 'x' } }) }),
    ],
    [
      'has a version that nobody here knows (S-24)',
      ({ anEnvelope }) => ({
        envelope: anEnvelope({ type: 'attendance.absence.reported.v9' }),
        type: 'attendance.absence.reported.v9',
      }),
    ],
  ])('because it %s is put aside at once', async (_what, make) => {
    await using listener = await openListener();
    const { publish, listen, hasEffects, dead } = listener;
    listen();
    const { envelope, type } = make(listener);
    await publish(envelope, type);
    const { subject } = await publish();
    await hasEffects([subject]);
    const letters = await dead();
    expect(letters).toHaveLength(1);
    expect(letters[0]!['cause']).toMatch(/^Unreadable INTERNAL: /);
  });
});

describe('in an outage', () => {
  test('of the database nothing is put aside: it waits, and goes on in order when it is back', async () => {
    await using listener = await openListener();
    const { database, consumers, publishMany, listen, hasEffects, dead } = listener;
    const wire = await cuttable(database.url);
    const db = openDatabase({ service: 'kittest', url: wire.url });
    try {
      listen({ db });
      const before = await publishMany(5);
      await hasEffects(before);
      wire.cut();
      const meanwhile = await publishMany(300);
      await sleep(6_000);
      wire.mend();
      await hasEffects([...before, ...meanwhile]);
      expect(await dead()).toEqual([]);
    } finally {
      for (const consumer of consumers.splice(0)) await consumer.stop();
      await db.close();
      await wire.close();
    }
  });

  test('of the database in the midst of a backlog, everything takes effect once and in order', async () => {
    await using listener = await openListener();
    const { database, consumers, publishMany, listen, effects, hasEffects, dead } = listener;
    const wire = await cuttable(database.url);
    const db = openDatabase({ service: 'kittest', url: wire.url });
    try {
      const all = await publishMany(3_000);
      listen({ db });
      for (let cut = 0; cut < 4; cut += 1) {
        await eventually(async () => expect((await effects()).length).toBeGreaterThan(cut * 400));
        wire.cut();
        await sleep(200);
        wire.mend();
      }
      await hasEffects(all);
      expect(await dead()).toEqual([]);
    } finally {
      for (const consumer of consumers.splice(0)) await consumer.stop();
      await db.close();
      await wire.close();
    }
  });

  test('of the bus in the midst of a backlog, everything takes effect once and in order', async () => {
    await using listener = await openListener();
    const { server, publishMany, listen, effects, hasEffects, dead } = listener;
    const all = await publishMany(3_000);
    listen();
    for (let kill = 0; kill < 3; kill += 1) {
      await eventually(async () => expect((await effects()).length).toBeGreaterThan(kill * 400));
      await server.kill();
      await server.start();
    }
    await hasEffects(all);
    expect(await dead()).toEqual([]);
  });

  test('of the wire to the bus in the midst of a backlog, everything takes effect once and in order', async () => {
    await using listener = await openListener();
    const { server, consumers, publishMany, listen, effects, hasEffects } = listener;
    const wire = await cuttable(server.url);
    const wired = await connectBus(wire.url, 'attendance', log);
    try {
      const all = await publishMany(3_000);
      listen({ bus: wired });
      for (let cut = 0; cut < 4; cut += 1) {
        await eventually(async () => expect((await effects()).length).toBeGreaterThan(cut * 400));
        wire.cut();
        await sleep(50);
        wire.mend();
      }
      await hasEffects(all);
    } finally {
      for (const consumer of consumers.splice(0)) await consumer.stop();
      await wired.connection.close();
      await wire.close();
    }
  });

  test('of one replica in the midst of a backlog, the other goes on, once and in order', async () => {
    await using listener = await openListener();
    const { database, consumers, publishMany, listen, effects, hasEffects } = listener;
    const wire = await cuttable(database.url);
    const db = openDatabase({ service: 'kittest', url: wire.url });
    try {
      const all = await publishMany(3_000);
      const one = listen({ db });
      await eventually(async () => expect((await effects()).length).toBeGreaterThan(100));
      listen();
      wire.cut();
      await hasEffects(all);
      await one.stop();
    } finally {
      for (const consumer of consumers.splice(0)) await consumer.stop();
      await db.close();
      await wire.close();
    }
  });

  test('of two replicas that hand over to each other, everything takes effect once and in order', async () => {
    await using listener = await openListener();
    const { publishMany, listen, effects, hasEffects } = listener;
    const all = await publishMany(2_000);
    let working = listen();
    for (let turn = 0; turn < 3; turn += 1) {
      await eventually(async () => expect((await effects()).length).toBeGreaterThan(turn * 300));
      const next = listen();
      await working.stop();
      working = next;
    }
    await hasEffects(all);
  });

  test('of the bus with the loss of its disk, what is told to the new stream is heard', async () => {
    await using listener = await openListener();
    const { server, bus, publishMany, listen, hasEffects } = listener;
    listen();
    const before = await publishMany(3);
    await hasEffects(before);
    await server.kill();
    await server.start({ empty: true });
    await eventually(async () => ensureStream(await bus.manager(), plan));
    const after = await publishMany(3);
    await hasEffects([...before, ...after]);
  });
});
