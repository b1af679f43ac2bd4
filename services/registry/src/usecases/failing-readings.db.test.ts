import { eventually } from '@ranselpost/kit/testing/eventually';
import { feedFollowedV1 } from '@ranselpost/schema/events/registry/feed-followed.v1';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import { readingFailedV1 } from '@ranselpost/schema/events/registry/reading-failed.v1';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker({ READING_TRIES: '2' });
});
afterEach(() => stand.registers.freg.heal());
afterAll(() => stand.close());

const { number, freg } = {
  number: (name: string) => stand.registers.number(name),
  freg: () => stand.registers.freg,
};
/** What was told of somebody, in order: the type, and everything that is no secret. */
const toldOf = async (personId: string) =>
  (await stand.told())
    .filter(({ subject }) => subject === personId)
    .map(({ type, data }) => ({ type, ...(data as { revision: number; reason?: string }) }));
const toldLast = (personId: string, type: string, count: number) =>
  eventually(async () => {
    const told = await toldOf(personId);
    expect([told.length, told.at(-1)?.type]).toEqual([count, type]);
    return told;
  }, 20_000);
const followed = async (name: string) => {
  const personId = await stand.follow(number(name));
  await toldLast(personId, personRecordedV1.type, 1);
  return personId;
};

describe('a person who cannot be read', () => {
  test('is told of at once when it is the document, with ids alone, and told anew when it can be read (GUA-01, S-02)', async () => {
    const personId = await followed('F1.older');
    await freg().fail({ kind: 'unreadable', person: 'F1.older', times: null });
    await freg().control('/life-events', { kind: 'person-updated', person: 'F1.older' });
    const [recorded, failed] = await toldLast(personId, readingFailedV1.type, 2);
    expect(failed).toMatchObject({ personId, reason: 'DOCUMENT_UNREADABLE' });
    expect(failed!.revision).toBeGreaterThan(recorded!.revision);
    expect(JSON.stringify(failed)).not.toContain(number('F1.older'));
    expect(await worker.metric('registry_failed_persons')).toBe(1);
    await freg().heal();
    const [, , again] = await toldLast(personId, personRecordedV1.type, 3);
    expect(again!.revision).toBeGreaterThan(failed!.revision);
    const [first, , ...rest] = await stand.records(personId);
    expect(rest).toEqual([]);
    expect((await stand.records(personId)).at(-1)).toEqual(first);
    expect(await worker.metric('registry_failed_persons')).toBe(0);
  });

  test('is told of when several readings in a row got no answer, once, and everybody else is read (GUA-01, S-26)', async () => {
    const [poor, other] = [await followed('F2.child'), await followed('F3.shared')];
    await freg().fail({ kind: 'unanswered', person: 'F2.child', times: null });
    for (const person of ['F2.child', 'F3.shared'])
      await freg().control('/life-events', { kind: 'name', person, given: 'NAVNESEN' });
    await toldLast(other, personRecordedV1.type, 2);
    expect(await toldLast(poor, readingFailedV1.type, 2)).toMatchObject([{}, { reason: 'NO_ANSWER' }]);
    await eventually(async () => {
      const [row] = await stand.database.admin`
        select attempts from reading where person_id = ${poor} and register = 'freg'`;
      expect(row!['attempts']).toBeGreaterThan(2);
    }, 20_000);
    expect(await toldOf(poor)).toHaveLength(2);
    await freg().heal();
    await toldLast(poor, personRecordedV1.type, 3);
  });

  test('is told of who has never been read, too', async () => {
    await freg().fail({ kind: 'unreadable', person: 'F7.child', element: 'adressebeskyttelse', times: null });
    const personId = await stand.follow(number('F7.child'));
    await toldLast(personId, readingFailedV1.type, 1);
  });
});

describe('the promise that the feed is followed', () => {
  const promises = async () =>
    (await stand.told()).flatMap(({ type, data, seq }) =>
      type === feedFollowedV1.type ? [{ upTo: Date.parse((data as { upTo: string }).upTo), seq }] : [],
    );
  /** Has the next poll promise again, which it would otherwise do minutes later. */
  const nextPromise = async () => {
    const before = (await promises()).length;
    await stand.database.admin`update feed_pointer set told_up_to = told_up_to - interval '1 hour'`;
    return eventually(async () => {
      const now = await promises();
      expect(now.length).toBeGreaterThan(before);
      return now.at(-1)!;
    });
  };

  test('is told as soon as the feed has been read to its end (GUA-01)', async () => {
    const before = Date.now();
    await eventually(async () => expect((await nextPromise()).upTo).toBeGreaterThan(before));
    await eventually(async () => expect(await worker.metric('registry_unsure_seconds')).toBeLessThan(5));
  });

  test('goes no further than what an event has put in doubt, until that was read and told (GUA-01)', async () => {
    const personId = await followed('F14.schoolTwin');
    await freg().fail({ kind: 'error', endpoint: 'bulk', status: 503, times: null });
    await freg().control('/life-events', { kind: 'name', person: 'F14.schoolTwin', given: 'TVILSOM' });
    await eventually(async () => {
      const [row] = await stand.database.admin`
        select unsure_since from reading where person_id = ${personId} and register = 'freg'`;
      expect(row!['unsure_since']).not.toBeNull();
    });
    const seen = Date.now();
    const doubtful = await nextPromise();
    expect(doubtful.upTo).toBeLessThan(seen);
    expect((await nextPromise()).upTo).toBe(doubtful.upTo);
    await freg().heal();
    await toldLast(personId, personRecordedV1.type, 2);
    const sure = await nextPromise();
    expect(sure.upTo).toBeGreaterThan(doubtful.upTo);
    const record = (await stand.told()).findLast(({ subject }) => subject === personId)!;
    expect(sure.seq).toBeGreaterThan(record.seq);
  });

  test('is not kept waiting by somebody of whom it was told that they cannot be read, nor by newcomers', async () => {
    await freg().fail({ kind: 'unreadable', person: 'F9.child', times: null });
    await toldLast(await stand.follow(number('F9.child')), readingFailedV1.type, 1);
    await freg().control('/life-events', { kind: 'name', person: 'F9.child', given: 'ULESELIG' });
    const before = Date.now();
    await eventually(async () => expect((await nextPromise()).upTo).toBeGreaterThan(before));
  });

  test('ends while the register is away', async () => {
    await freg().kill();
    await eventually(() => expect(worker.output()).toContain('the registers could not be followed'));
    const before = (await promises()).length;
    await stand.database.admin`update feed_pointer set told_up_to = told_up_to - interval '1 hour'`;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await promises()).toHaveLength(before);
    await freg().start();
    await eventually(async () => expect((await promises()).length).toBeGreaterThan(before), 20_000);
  });
});
