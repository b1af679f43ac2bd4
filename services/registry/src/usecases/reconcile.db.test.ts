import { eventually } from '@ranselpost/kit/testing/eventually';
import { differenceFoundV1 } from '@ranselpost/schema/events/registry/difference-found.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker({ RECONCILIATION_SAMPLE: '1' });
});
afterAll(() => stand.close());

const { admin } = {
  admin: (...parts: Parameters<Stand['database']['admin']>) => stand.database.admin(...parts),
};
const followed = async (name: string) => {
  const personId = await stand.follow(stand.registers.number(name));
  await eventually(async () => expect(await stand.records(personId)).toHaveLength(1));
  return personId;
};
const happen = (kind: string, more: object) =>
  stand.registers.freg.control('/life-events', { kind, ...more });
/** It becomes night, and everybody who is to be compared has been. */
const night = async () => {
  await stand.database.admin`update reconciliation set begun_at = now() - interval '30 hours'`;
  await eventually(async () => {
    const [row] = await stand.database.admin`
      select (select begun_at > now() - interval '1 hour' from reconciliation)
        and not exists (select from reading where is_comparing) as done`;
    expect(row).toEqual({ done: true });
  });
};
/** The feed has had as much time as it gets. */
const later = () => stand.database.admin`update difference set found_at = found_at - interval '20 minutes'`;
const lost = async () =>
  (await stand.told()).filter(({ type }) => type === differenceFoundV1.type).map(({ subject }) => subject);

describe('comparing with the register at night (FREG-15)', () => {
  test('reads everybody protected again, and of the rest those who were read longest ago', async () => {
    const [hidden, oldest, newest] = [
      await followed('F6.child'),
      await followed('F1.older'),
      await followed('F1.younger'),
    ];
    await admin`update reading set read_at = '2020-01-01' where person_id = ${oldest}`;
    const readAt = async () =>
      Object.fromEntries(
        (await admin`select person_id, read_at from reading where register = 'freg'`).map((row) => [
          row['person_id'] as string,
          (row['read_at'] as Date).getTime(),
        ]),
      );
    const before = await readAt();
    await night();
    const after = await readAt();
    expect(after[hidden]).toBeGreaterThan(before[hidden]!);
    expect(after[oldest]).toBeGreaterThan(before[oldest]!);
    expect(after[newest]).toBe(before[newest]);
    expect(await worker.metric('registry_reconciled_total{outcome="same"}')).toBe(2);
    expect(await lost()).toEqual([]);
  });

  test('tells what an event that was never sent had changed, and that it was never sent', async () => {
    const hidden = await followed('F6.mother');
    await happen('name', { person: 'F6.mother', given: 'USAGT', silent: true });
    await night();
    await eventually(async () => expect((await stand.records(hidden)).at(-1)?.name?.given).toBe('USAGT'));
    expect(await worker.metric('registry_reconciled_total{outcome="different"}')).toBe(1);
    expect(await lost()).toEqual([]);
    await later();
    await eventually(async () => expect(await lost()).toEqual([hidden]));
    expect(worker.output()).toContain('a person had changed without a word of the feed');
  });

  test('takes a late event for no loss', async () => {
    const before = await lost();
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'feed', status: 503, times: null });
    await happen('name', { person: 'F6.mother', given: 'SEINT' });
    await admin`
      update reading set is_comparing = true, due_at = now(), asked = asked + 1
      where person_id in (select person_id from reading where is_protected)`;
    await eventually(async () => expect(await admin`select 1 from difference`).toHaveLength(1), 20_000);
    await stand.registers.freg.heal();
    await eventually(async () =>
      expect(await admin`select 1 from feed_event where type = 'endringINavn'`).toHaveLength(1),
    );
    await later();
    await eventually(async () => expect(await admin`select 1 from difference`).toEqual([]));
    expect(await lost()).toEqual(before);
  });
});

describe('an event that names nobody (FREG-02)', () => {
  test('has everybody read again, and says so', async () => {
    const personId = await followed('F2.child');
    await happen('name', { person: 'F2.child', given: 'NAVNLØS', silent: true });
    const { first } = await happen('nameless-event', {});
    await eventually(async () => expect((await stand.records(personId)).at(-1)?.name?.given).toBe('NAVNLØS'));
    const interrupted = (await stand.told()).find(({ type }) => type === 'registry.feed.interrupted.v1');
    expect(interrupted?.data).toMatchObject({ reason: 'EVENT_UNREADABLE', askedFor: first });
  });
});

describe('what is urgent (FREG-11)', () => {
  test('is read before those who waited longer and have less to lose, also while places are taken', async () => {
    const hidden = await followed('F12.child');
    await stand.registers.freg.fail({ kind: 'latency', endpoint: 'bulk', ms: 1_500, times: null });
    const newcomers: string[] = [];
    for (const name of ['F3.mother', 'F3.father', 'F3.shared']) {
      newcomers.push(await stand.follow(stand.registers.number(name), 'staff'));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await happen('protection', { person: 'F12.child', level: 'strengtFortrolig' });
    const told = () =>
      stand
        .told()
        .then((all) => all.map(({ subject }) => subject).filter((id) => [hidden, ...newcomers].includes(id)));
    await eventually(async () => expect(await told()).toHaveLength(5), 20_000);
    await stand.registers.freg.heal();
    const order = (await told()).slice(1);
    expect(order.indexOf(hidden)).toBeLessThan(order.indexOf(newcomers[2]!));
  });
});
