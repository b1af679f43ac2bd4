import { absenceReportedV1 } from '@ranselpost/schema/events/attendance/absence-reported.v1';
import type { Envelope } from '@ranselpost/schema/events/event';
import { streams } from '@ranselpost/schema/events/streams';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { connectBus } from './bus.ts';
import { newId } from './ids.ts';
import { createLog } from './log.ts';
import { untilCaughtUp } from './meet-stream.ts';
import { eventMigrations } from './migrate.ts';
import { tell } from './outbox.ts';
import { type RelayOptions, startRelay } from './relay.ts';
import { testBus } from './testing/bus.ts';
import { testDatabase } from './testing/database.ts';
import { eventually } from './testing/eventually.ts';

const log = createLog('test', 'fatal');
const plan = streams.find(({ name }) => name === 'attendance')!;
/** A database that tells and the bus that it tells on. */
async function openTeller() {
  const [database, server] = await Promise.all([testDatabase('kittest', [eventMigrations]), testBus()]);
  const bus = await connectBus(server.url, 'attendance', log);
  const relays: { stop(): Promise<void> }[] = [];
  /** What the restored database was told that it had forgotten, once for each time it came to that. */
  const forgotten: (readonly string[] | null)[] = [];

  const tellOne = async (absenceId: string = newId()) => {
    const absence = { absenceId, childId: newId(), unitId: newId(), day: '2026-11-23' };
    await eventually(() => database.db.asService((tx) => tell(tx, absenceReportedV1, absence)));
    return absenceId;
  };
  const noting: RelayOptions['onRestored'] = async (events) => {
    const subjects: string[] | null = events === null ? null : [];
    for await (const { subject } of events ?? []) subjects?.push(subject);
    return async (tx) => {
      await tell(tx, absenceReportedV1, {
        ...{ absenceId: newId(), childId: newId(), unitId: newId(), day: '2026-11-24' },
      });
      forgotten.push(subjects);
    };
  };
  const relay = (more: Partial<RelayOptions> = {}) => {
    const started = startRelay({ db: database.db, bus, log, plan, onRestored: noting, ...more });
    relays.push(started);
    return started;
  };
  const stopAll = async () => {
    for (const one of relays.splice(0)) await one.stop();
  };
  const heard = async (): Promise<Envelope[]> => {
    const stream = await bus.stream.streams.get('attendance');
    const { state } = await stream.info();
    const envelopes: Envelope[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1)
      envelopes.push((await stream.getMessage({ seq }))!.json<Envelope>());
    return envelopes;
  };
  const places = async () => (await heard()).map(({ seq }) => seq);
  const settles = (expected: readonly number[]) =>
    eventually(async () => expect(await places()).toEqual(expected), 20_000);
  const subjectsOf = async (from: number) => (await heard()).slice(from).map(({ subject }) => subject);

  /** Tells two events, keeps the database, and tells three more that the kept one knows nothing of. */
  const tellPastBackup = async (): Promise<readonly string[]> => {
    relay();
    await tellOne();
    await tellOne();
    await settles([1, 2]);
    await eventually(async () =>
      expect(await database.admin`select from outbox where published_at is null`).toHaveLength(0),
    );
    await database.keep();
    const later = [await tellOne(), await tellOne(), await tellOne()];
    await settles([1, 2, 3, 4, 5]);
    return later;
  };
  return {
    ...{ database, server, bus, forgotten, noting },
    ...{ tellOne, relay, stopAll, settles, subjectsOf, tellPastBackup },
    [Symbol.asyncDispose]: async () => {
      await stopAll();
      await bus.connection.close();
      await Promise.all([database.close(), server.close()]);
    },
  };
}

// Each test has a teller of its own, and mostly waits: they do so side by side.
describe.concurrent('a database that was restored to an earlier day (S-27, S-04)', () => {
  test('goes on above what the stream has heard, with a gap that everybody sees', async () => {
    await using teller = await openTeller();
    const { database, forgotten, tellOne, relay, stopAll, settles, subjectsOf, tellPastBackup } = teller;
    const later = await tellPastBackup();
    await stopAll();
    await database.putBack();
    relay();
    await settles([1, 2, 3, 4, 5, 7]);
    expect(forgotten).toEqual([later]);
    const next = await tellOne();
    await settles([1, 2, 3, 4, 5, 7, 8]);
    expect(await subjectsOf(6)).toEqual([next]);
  });

  test('has nobody answered before it does, also by a replica that leaves the relaying to another', async () => {
    await using teller = await openTeller();
    const { database, bus, forgotten, relay, stopAll, tellPastBackup } = teller;
    await tellPastBackup();
    await untilCaughtUp({ db: database.db, bus, plan, log });
    await stopAll();
    await database.putBack();
    const caughtUp = eventually(() => untilCaughtUp({ db: database.db, bus, plan, log }));
    expect(await Promise.race([caughtUp.then(() => 'answers'), sleep(1_000, 'waits')])).toBe('waits');
    expect(forgotten).toEqual([]);
    relay();
    await caughtUp;
    expect(forgotten).toHaveLength(1);
  });

  test('answers when the stream cannot say whether it was restored, after a while', async () => {
    await using teller = await openTeller();
    const { database, server, bus } = teller;
    await server.kill();
    await untilCaughtUp({ db: database.db, bus, plan, log }, 100);
    await server.start();
  });

  test('does so as well when it is restored while the service runs', async () => {
    await using teller = await openTeller();
    const { database, forgotten, settles, tellPastBackup } = teller;
    const later = await tellPastBackup();
    await database.putBack();
    await settles([1, 2, 3, 4, 5, 7]);
    expect(forgotten).toEqual([later]);
  });

  test('says that all is published at no place that is already taken', async () => {
    await using teller = await openTeller();
    const { database, relay, stopAll, tellPastBackup } = teller;
    await tellPastBackup();
    await stopAll();
    await database.putBack();
    const said: number[] = [];
    relay({ onDrained: { everyMs: 20, call: (position) => void said.push(position) } });
    await eventually(() => expect(said.length).toBeGreaterThan(5));
    expect(Math.min(...said)).toBe(7);
  });

  test('does it once, wherever it is killed on the way', async () => {
    await using teller = await openTeller();
    const { database, server, forgotten, noting, tellOne, relay, stopAll, settles, tellPastBackup } = teller;
    const later = await tellPastBackup();
    await stopAll();
    await database.putBack();
    let tries = 0;
    // Killed before the transaction commits: nothing has happened.
    relay({
      onRestored: async (events) => {
        const react = await noting(events);
        return async (tx) => {
          await react(tx);
          if ((tries += 1) < 3) throw new Error('killed');
          await server.kill();
        };
      },
    });
    await eventually(() => expect(tries).toBe(3));
    // Killed right after it, before anything of it is published.
    await eventually(async () => {
      const [position] = await database.admin`select seq, surpassed_event_id from outbox_position`;
      expect(Number(position!['seq'])).toBeGreaterThanOrEqual(6);
    });
    await stopAll();
    await server.start();
    relay();
    await settles([1, 2, 3, 4, 5, 7]);
    await stopAll();
    relay();
    await tellOne();
    await settles([1, 2, 3, 4, 5, 7, 8]);
    expect(forgotten).toEqual([later, later, later]);
    expect(await database.admin`select from outbox`).toHaveLength(4);
  });

  test('is found out by the same place with another event in it', async () => {
    await using teller = await openTeller();
    const { database, forgotten, tellOne, relay, stopAll, settles, tellPastBackup } = teller;
    await tellPastBackup();
    await stopAll();
    await database.putBack();
    // An older release would have told these three at the places that the stream has from before.
    for (let count = 0; count < 3; count += 1) await tellOne();
    await database.admin`
      update outbox set seq = id, published_at = now(), stream_sequence = id where published_at is null`;
    await database.admin`update outbox_position set seq = 5, stream_sequence = 5`;
    relay();
    await settles([1, 2, 3, 4, 5, 7]);
    expect(forgotten).toEqual([null]);
  });

  test('is restored twice, and goes on above both times', async () => {
    await using teller = await openTeller();
    const { database, forgotten, tellOne, settles, tellPastBackup } = teller;
    await tellPastBackup();
    await database.putBack();
    await settles([1, 2, 3, 4, 5, 7]);
    await tellOne();
    await settles([1, 2, 3, 4, 5, 7, 8]);
    await database.putBack();
    await settles([1, 2, 3, 4, 5, 7, 8, 10]);
    expect(forgotten).toHaveLength(2);
  });

  test('knows only that it was told more, when the stream has let go of it all', async () => {
    await using teller = await openTeller();
    const { database, bus, forgotten, tellOne, relay, stopAll, settles, tellPastBackup } = teller;
    await tellPastBackup();
    await stopAll();
    await database.putBack();
    await (await bus.manager()).streams.purge('attendance');
    relay();
    await settles([7]);
    expect(forgotten).toEqual([null]);
    await sleep(200);
    await stopAll();
    relay();
    await tellOne();
    await settles([7, 8]);
  });

  test('knows only that it was told more, when the stream begins later than what it forgot', async () => {
    await using teller = await openTeller();
    const { database, bus, forgotten, relay, stopAll, settles, tellPastBackup } = teller;
    await tellPastBackup();
    await stopAll();
    await database.putBack();
    await (await bus.manager()).streams.purge('attendance', { seq: 4 });
    relay();
    await settles([4, 5, 7]);
    expect(forgotten).toEqual([null]);
  });

  test('of an empty one there is nothing to remember, and it goes on above all the same', async () => {
    await using teller = await openTeller();
    const { database, tellOne, relay, settles } = teller;
    relay();
    await database.keep();
    await tellOne();
    await tellOne();
    await settles([1, 2]);
    await database.putBack();
    await settles([1, 2, 4]);
  });
});

describe.concurrent('a database that remembers all', () => {
  test('is not taken for a restored one, though its last event is older than what is kept (S-21)', async () => {
    await using teller = await openTeller();
    const { database, forgotten, tellOne, relay, stopAll, settles } = teller;
    relay();
    await tellOne();
    await tellOne();
    await settles([1, 2]);
    await stopAll();
    await database.admin`update outbox set published_at = now() - interval '40 days'`;
    relay();
    await eventually(async () => expect(await database.admin`select from outbox`).toHaveLength(1));
    await stopAll();
    relay();
    await tellOne();
    await settles([1, 2, 3]);
    expect(forgotten).toEqual([]);
  });

  test('is not taken for a restored one when it was killed before it noted what it published (S-21)', async () => {
    await using teller = await openTeller();
    const { database, forgotten, tellOne, relay, stopAll, settles } = teller;
    relay();
    await tellOne();
    await tellOne();
    await settles([1, 2]);
    await stopAll();
    await database.admin`update outbox set published_at = null, stream_sequence = null where seq = 2`;
    await database.admin`update outbox_position set stream_sequence = 1`;
    relay();
    await tellOne();
    await settles([1, 2, 3]);
    expect(forgotten).toEqual([]);
  });

  test('tells all again to a stream that was lost, restored itself before that or not (S-21)', async () => {
    await using teller = await openTeller();
    const { database, server, forgotten, tellOne, relay, stopAll, settles, tellPastBackup } = teller;
    await tellPastBackup();
    await database.putBack();
    await settles([1, 2, 3, 4, 5, 7]);
    await stopAll();
    await server.kill();
    await server.start({ empty: true });
    relay();
    await settles([1, 2, 7]);
    await tellOne();
    await settles([1, 2, 7, 8]);
    expect(forgotten).toHaveLength(1);
  });
});
