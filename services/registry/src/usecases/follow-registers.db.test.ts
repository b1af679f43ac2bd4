import { newId } from '@ranselpost/kit/ids';
import { encryptNumber, lookupHash } from '@ranselpost/kit/numbers';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Proxy, startProxy } from '../../test/proxy.ts';
import { type Stand, keys, startStand } from '../../test/stand.ts';
import * as followedPersons from '../store/followed-persons.ts';

let stand: Stand;
let proxy: Proxy;
let freg: { FREG_URL: string };

beforeAll(async () => {
  stand = await startStand({ children: 300 });
  proxy = await startProxy(stand.registers.freg.url);
  freg = { FREG_URL: `${proxy.url}/folkeregister/api/v1` };
});
afterEach(async () => {
  await stand.killWorkers();
  await stand.registers.freg.heal();
});
afterAll(async () => {
  await stand.close();
  await proxy.close();
});

const told = (personId: string, count = 1) =>
  eventually(async () => {
    const records = await stand.records(personId);
    if (records.length < count) throw new Error(`${records.length} records`);
    return records.at(-1);
  }, 20_000);
const lookUps = () => proxy.seen.filter(({ path }) => path.includes('/bulkoppslag'));
const dueCount = async (): Promise<number> =>
  (await stand.database.admin`select 1 from reading where due_at is not null and register = 'freg'`).length;

describe('the first reading of all', () => {
  test('begins when the place of the feed has been remembered, and not before (FREG-02)', async () => {
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'last', status: 503, times: null });
    const personId = await stand.follow(stand.registers.number('F1.older'));
    const worker = await stand.startWorker(freg);
    await eventually(async () => expect(await dueCount()).toBe(1));
    await eventually(() => expect(worker.output()).toContain('the registers could not be followed'));
    expect(lookUps()).toEqual([]);
    await stand.registers.freg.heal();
    await told(personId);
    const { last } = await stand.registers.freg.control('/state');
    expect(await stand.database.admin`select sequence from feed_pointer`).toMatchObject([
      { sequence: String(last) },
    ]);
    expect(proxy.seen.some(({ path }) => path.endsWith(`/feed?seq=${last + 1}`))).toBe(true);
  });

  test('hears what happens while people are being read (FREG-02)', async () => {
    await stand.registers.freg.fail({ kind: 'latency', endpoint: 'bulk', ms: 1_500 });
    const personId = await stand.follow(stand.registers.number('F1.older'));
    await stand.startWorker({ ...freg, FEED_POLL_INTERVAL_MS: '600' });
    await eventually(async () => expect((await stand.registers.freg.control('/faults')).armed).toEqual([]));
    await stand.registers.freg.control('/life-events', { kind: 'name', person: 'F1.older', given: 'IMENS' });
    await eventually(
      async () => expect((await stand.records(personId)).at(-1)?.name?.given).toBe('IMENS'),
      20_000,
    );
  });

  test('goes on wherever it was killed, and tells each person once (S-21)', async () => {
    await stand.registers.freg.fail({ kind: 'latency', endpoint: 'bulk', ms: 150, times: null });
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'bulk', status: 503, times: null });
    const listed = await stand.startWorker(freg);
    const people = (await stand.registers.people()).slice(0, 400);
    const followed = new Set<string>();
    for (const { number, kind } of people)
      followed.add(await stand.follow(number, kind === 'child' ? 'child' : 'guardian'));
    await eventually(async () => expect(await dueCount()).toBeGreaterThanOrEqual(followed.size));
    await listed.kill();
    await stand.registers.freg.heal();
    await stand.registers.freg.fail({ kind: 'latency', endpoint: 'bulk', ms: 150, times: null });
    for (const after of [0, 60, 120, 180, 240, 300]) {
      const worker = await stand.startWorker(freg);
      await sleep(after);
      await worker.kill();
    }
    await stand.startWorker(freg);
    await eventually(async () => {
      expect(await dueCount()).toBe(0);
      expect(await stand.database.admin`select 1 from outbox where published_at is null`).toHaveLength(0);
    }, 30_000);
    const subjects = (await stand.told())
      .filter(({ type, subject }) => type === personRecordedV1.type && followed.has(subject))
      .map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([...followed].toSorted());
  });
});

describe('two replicas', () => {
  test('never poll at once, and one goes on when the other is killed (FREG-02, FREG-03)', async () => {
    await stand.registers.freg.fail({ kind: 'latency', endpoint: 'feed', ms: 120, times: null });
    const fast = { ...freg, FEED_POLL_INTERVAL_MS: '20' };
    const [one, other] = await Promise.all([stand.startWorker(fast), stand.startWorker(fast)]);
    const child = await stand.follow(stand.registers.number('F1.older'));
    await told(child);
    const polls = () => proxy.seen.filter(({ path }) => path.includes('/feed?')).length;
    await eventually(() => expect(polls()).toBeGreaterThan(8));
    const holders = await stand.database.admin<{ port: number }[]>`
      select client_port as port from pg_stat_activity join pg_locks using (pid)
      where application_name = 'lease registers' and locktype = 'advisory' and granted
        and datname = current_database()`;
    expect(holders).toHaveLength(1);
    // Whichever of them holds it: both are killed in turn, and one is always left.
    for (const victim of [one, other]) {
      await victim.kill();
      const before = polls();
      await eventually(() => expect(polls()).toBeGreaterThan(before + 4), 20_000);
      await stand.startWorker(fast);
    }
    expect(proxy.mostAtOnce('/feed')).toBe(1);
    await stand.registers.freg.control('/life-events', { kind: 'name', person: 'F1.older', given: 'ARVET' });
    await eventually(
      async () => expect((await stand.records(child)).at(-1)?.name?.given).toBe('ARVET'),
      20_000,
    );
  });
});

describe('a kill between commit and publish', () => {
  test('leaves the fact to be told by whoever comes next, once in effect (S-21)', async () => {
    const worker = await stand.startWorker(freg);
    const child = await stand.follow(stand.registers.number('F1.older'));
    await told(child);
    await stand.bus.kill();
    await stand.registers.freg.control('/life-events', {
      ...{ kind: 'sole-responsibility', child: 'F1.older', holder: 'F1.mother' },
    });
    await eventually(async () =>
      expect(
        await stand.database.admin`
        select 1 from outbox where published_at is null and subject = ${child}`,
      ).toHaveLength(1),
    );
    await worker.kill();
    await stand.bus.start();
    await stand.startWorker(freg);
    const record = await told(child, 2);
    expect(record?.responsibilities).toHaveLength(1);
    await sleep(500);
    expect(await stand.records(child)).toHaveLength(2);
  });
});

describe('polling', () => {
  test('asks with the tag it was given, and takes 304 for nothing new (FREG-02)', async () => {
    await stand.startWorker(freg);
    const before = proxy.seen.length;
    await eventually(() => {
      const polls = proxy.seen.slice(before).filter(({ path }) => path.includes('/feed?'));
      expect(polls.filter(({ status, etag }) => status === 304 && etag !== undefined).length).toBeGreaterThan(
        2,
      );
    });
    const child = await stand.follow(stand.registers.number('F1.older'));
    await told(child);
    await stand.registers.freg.control('/life-events', { kind: 'name', person: 'F1.older', given: 'MERKET' });
    await eventually(async () => expect((await stand.records(child)).at(-1)?.name?.given).toBe('MERKET'));
  });

  test('reads everybody else when the register cannot answer because of one, and keeps trying that one (S-26)', async () => {
    const people = (await stand.registers.people()).slice(0, 150);
    const followed: string[] = [];
    for (const { number } of people) followed.push(await stand.follow(number));
    const poison = newId();
    const row = {
      ...{
        personId: poison,
        reason: 'child' as const,
        toldAt: new Date().toISOString(),
        tellAgain: false,
        withResidence: false,
      },
      number: encryptNumber(keys.numbers, poison, '00000000000'),
      lookupHash: lookupHash(keys.lookup, '00000000000'),
    };
    await stand.database.db.asService((tx) => followedPersons.put(tx, [row]));
    const worker = await stand.startWorker(freg);
    await eventually(async () => {
      const done = new Set((await stand.told()).map(({ subject }) => subject));
      expect(followed.filter((personId) => !done.has(personId))).toEqual([]);
    }, 20_000);
    const [reading] = await stand.database.admin`
      select attempts, due_at, told_hash from reading where person_id = ${poison}`;
    expect(reading).toMatchObject({
      attempts: expect.any(Number),
      due_at: expect.any(Date),
      told_hash: null,
    });
    expect(worker.output()).toContain('what a register says of a person cannot be read');
    expect(worker.output()).not.toContain(poison);
  });
});
