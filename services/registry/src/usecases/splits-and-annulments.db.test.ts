import { eventually } from '@ranselpost/kit/testing/eventually';
import { responsibilityAnnulledV1 } from '@ranselpost/schema/events/registry/responsibility-annulled.v1';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker();
});
afterEach(() => stand.registers.freg.heal());
afterAll(() => stand.close());

const number = (name: string) => stand.registers.number(name);
const happen = (kind: string, more: object) =>
  stand.registers.freg.control('/life-events', { kind, ...more });
const records = (personId: string, count: number) =>
  eventually(async () => {
    const told = await stand.records(personId);
    expect(told).toHaveLength(count);
    return told;
  });
const annulled = async (personId: string) =>
  (await stand.told())
    .filter(({ type, subject }) => type === responsibilityAnnulledV1.type && subject === personId)
    .map(({ data }) => data as { sequence: number });
const unexamined = async () =>
  (await stand.database.admin`select 1 from feed_event where document_id is not null`).length;

describe('a person whom the register splits in two', () => {
  test('is told with the numbers that are left, and that it was so (FREG-09)', async () => {
    const personId = await stand.follow(number('F2.father'), 'guardian');
    await records(personId, 1);
    await happen('merge', { person: 'F2.father', duplicate: 'F3.father' });
    const [, merged] = await records(personId, 2);
    expect(merged?.numbers.map((one) => one.number)).toContain(number('F3.father'));
    expect(merged?.wasSplit).toBeUndefined();
    await happen('split', { person: 'F2.father', duplicate: number('F3.father') });
    const split = (await records(personId, 3)).at(-1);
    expect(split).toMatchObject({ wasSplit: true, numbers: [{ number: number('F2.father') }] });
  });

  test('is told so even when no number of theirs is gone, and once (FREG-09)', async () => {
    const personId = await stand.follow(number('F1.mother'), 'staff');
    await records(personId, 1);
    const type = 'personErEndretVedSplitting';
    await happen('unknown-event', { person: 'F1.mother', type });
    expect((await records(personId, 2)).at(-1)?.wasSplit).toBe(true);
    const [row] = await stand.database.admin`
      select was_split from reading where person_id = ${personId} and register = 'freg'`;
    expect(row).toEqual({ was_split: false });
  });
});

describe('a responsibility that is annulled', () => {
  test('is told as such beside the record without it, and an end is not (FREG-05)', async () => {
    const child = await stand.follow(number('F9.child'));
    await records(child, 1);
    await happen('joint-responsibility', { child: 'F9.child', holders: ['F9.mother', 'F9.father'] });
    await records(child, 2);
    await eventually(async () => expect(await unexamined()).toBe(0));
    expect(await annulled(child)).toEqual([]);
    const { first } = await happen('annul-responsibility', { child: 'F9.child' });
    const record = (await records(child, 3)).at(-1);
    expect(record?.responsibilities.map(({ value }) => value)).toEqual(['mor']);
    await eventually(async () => expect(await annulled(child)).toMatchObject([{ sequence: first }]));
  });

  test('is told when the register has been away, and once, and the record does not wait for it (FREG-05, GUA-10)', async () => {
    const child = await stand.follow(number('F14.schoolTwin'));
    await records(child, 1);
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'event', status: 503, times: null });
    await happen('annul-responsibility', { child: 'F14.schoolTwin', holder: 'F14.father' });
    await records(child, 2);
    expect(await annulled(child)).toEqual([]);
    await worker.kill();
    await stand.registers.freg.heal();
    worker = await stand.startWorker();
    await eventually(async () => expect(await annulled(child)).toHaveLength(1));
    await eventually(async () => expect(await unexamined()).toBe(0));
    expect(await annulled(child)).toHaveLength(1);
  });

  test('is not waited for for ever where the register has no document of it', async () => {
    const child = await stand.follow(number('F13.pupil'));
    await records(child, 1);
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'event', status: 503, times: null });
    await happen('annul-responsibility', { child: 'F13.pupil', holder: 'F13.father' });
    await records(child, 2);
    await worker.kill();
    await stand.database
      .admin`update feed_event set document_id = 'unheard-of' where document_id is not null`;
    await stand.registers.freg.heal();
    worker = await stand.startWorker();
    await eventually(async () => expect(await unexamined()).toBe(0), 40_000);
    await eventually(() => expect(worker.output()).toContain('what an event of the feed did cannot be read'));
    expect(await annulled(child)).toEqual([]);
  });
});

describe('being asked to tell again', () => {
  test('tells the same record once more, when what was told has been lost (S-24)', async () => {
    const personId = await stand.follow(number('F12.child'));
    await records(personId, 1);
    await stand.follow(number('F12.child'), 'child', personId, { tellAgain: true });
    const [first, second] = await records(personId, 2);
    expect(second).toEqual(first);
  });
});
