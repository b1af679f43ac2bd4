import { eventually } from '@ranselpost/kit/testing/eventually';
import { feedInterruptedV1 } from '@ranselpost/schema/events/registry/feed-interrupted.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;
let child: string;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker();
  child = await stand.follow(stand.registers.number('F1.older'));
  await told(child, 1);
});
afterAll(() => stand.close());

const told = (personId: string, count: number) =>
  eventually(async () => {
    const records = await stand.records(personId);
    if (records.length < count) throw new Error(`${records.length} of ${count} records`);
    return records.at(-1);
  });
const happen = (kind: string, more: object = {}) =>
  stand.registers.freg.control('/life-events', { kind, ...more });
/** Something that changes what is told of the child: a new name each time. */
const rename = (given: string) => happen('name', { person: 'F1.older', given });
const given = (name: string) =>
  eventually(async () => expect((await stand.records(child)).at(-1)?.name?.given).toBe(name));
const outcomes = (outcome: string) => worker.metric(`registry_feed_events_total{outcome="${outcome}"}`);
const pointer = async (): Promise<number> =>
  Number((await stand.database.admin`select sequence from feed_pointer`)[0]!['sequence']);
const newest = async (): Promise<number> => (await stand.registers.freg.control('/state')).last;
/** How often a poll has failed; what it asked for is over by then. */
const failures = (): number => worker.output().split('the registers could not be followed').length - 1;
const atTheEnd = () => eventually(async () => expect(await pointer()).toBe(await newest()));

describe('following the feed', () => {
  test('reads a child again when responsibility changes, and is done with the event (FREG-02, FREG-04)', async () => {
    const before = (await stand.records(child)).length;
    const { first } = await happen('sole-responsibility', { child: 'F1.older', holder: 'F1.mother' });
    const record = await told(child, before + 1);
    expect(record?.responsibilities.map(({ value, responsible }) => [value, responsible])).toEqual([
      ['mor', { kind: 'person', number: stand.registers.number('F1.mother') }],
    ]);
    await eventually(async () => {
      const [event] = await stand.database.admin`
        select type, handled_at from feed_event where sequence = ${first} and person_id = ${child}`;
      expect(event?.['type']).toBe('endringIForeldreansvar');
      expect(event?.['handled_at']).not.toBeNull();
    });
  });

  test('keeps of people it does not follow nothing but their number of events (FREG-06)', async () => {
    const [before, rows] = [await outcomes('not ours'), await stand.database.admin`select 1 from feed_event`];
    await happen('name', { person: 'F3.mother', given: 'TUSSETE' });
    await atTheEnd();
    expect(await outcomes('not ours')).toBeGreaterThan(before);
    expect(await stand.database.admin`select 1 from feed_event`).toHaveLength(rows.length);
    const dump = (await stand.database.admin`select t::text as line from feed_event t`)
      .map(({ line }) => line)
      .join();
    expect(dump + worker.output()).not.toContain(stand.registers.number('F3.mother'));
  });

  test('reads a person again for an event of a type that it does not know (FREG-02)', async () => {
    const before = await outcomes('unknown type');
    const asked = async () =>
      (await stand.database.admin`select asked from reading where person_id = ${child}`)[0]!['asked'];
    const askedBefore = await asked();
    await happen('unknown-event', { person: 'F1.older' });
    await eventually(async () => expect(await asked()).toBe(askedBefore + 1));
    expect(await outcomes('unknown type')).toBe(before + 1);
    expect(worker.output()).toContain('an event of the feed has an unknown type');
  });

  test.each([
    ['a gap', 'gap', { size: 7 }],
    ['an event twice', 'repeated', { kind: 'duplicate' }],
    ['an old page', 'repeated', { kind: 'old-page' }],
  ])('goes on over %s and counts it (FREG-02, FREG-03)', async (what, outcome, fault) => {
    const before = await outcomes(outcome);
    await stand.registers.freg.fail({ kind: 'gap', endpoint: 'feed', ...fault });
    const name = what.replaceAll(' ', '').toUpperCase();
    await rename(name);
    await given(name);
    await eventually(async () => expect(await outcomes(outcome)).toBeGreaterThan(before));
    await atTheEnd();
  });

  test.each([
    ['a page of HTML', { kind: 'html', status: 200 }],
    ['a page of HTML with 403', { kind: 'html' }],
    ['a torn page', { kind: 'malformed' }],
    ['throttling in milliseconds (FREG-07)', { kind: 'throttle', retryAfterMs: 900, times: 2 }],
    ['an error of its own', { kind: 'error', status: 500, shape: 'freg', times: 4 }],
    ['an error of Fiks', { kind: 'error', status: 502, shape: 'fiks', times: 4 }],
  ])('asks again after %s, from where it was (S-21)', async (what, fault) => {
    await stand.registers.freg.fail({ endpoint: 'feed', ...fault });
    const name = what.replaceAll(/[^a-z]/gi, '').toUpperCase();
    await rename(name);
    await given(name);
    expect((await stand.registers.freg.control('/faults')).armed).toEqual([]);
  });

  test('does not take 406 right after the newest event for a pointer that is too old (FREG-02)', async () => {
    await atTheEnd();
    const before = failures();
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'feed', status: 406, shape: 'freg' });
    // What happens before it has asked for the newest event makes the pointer too old indeed.
    await eventually(() => expect(failures()).toBeGreaterThan(before));
    await rename('FIRENULLSEKS');
    await given('FIRENULLSEKS');
    expect((await stand.told()).filter(({ type }) => type === feedInterruptedV1.type)).toEqual([]);
  });

  test('takes 404 for the end of the feed as well as an empty page (FREG-02)', async () => {
    await stand.registers.freg.control('/modes', { beyondLast: '404' });
    await rename('FIRENULLFIRE');
    await given('FIRENULLFIRE');
    await atTheEnd();
    await eventually(async () => expect(await worker.metric('registry_feed_lag_seconds')).toBeLessThan(5));
    await stand.registers.freg.control('/modes', { beyondLast: 'empty' });
  });

  test('catches up over many pages in one poll, and loses nothing among them', async () => {
    await happen('flood', { count: 4_500 });
    await rename('FLOM');
    await given('FLOM');
    await atTheEnd();
  });

  test('takes in a page whole or not at all, with the pointer (FREG-02, S-21)', async () => {
    const { admin } = stand.database;
    await admin.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger refuse before insert on feed_event for each row execute function refuse();`);
    const [before, failed] = [await pointer(), failures()];
    await rename('AVVIST');
    await eventually(() => expect(failures()).toBeGreaterThan(failed));
    expect(await pointer()).toBe(before);
    await admin.unsafe('drop trigger refuse on feed_event; drop function refuse');
    await given('AVVIST');
  });
});

describe('a feed that cannot be followed without a break', () => {
  const interruptions = async () =>
    (await stand.told()).filter(({ type }) => type === feedInterruptedV1.type).map(({ data }) => data);
  const waitForInterruption = (count: number) =>
    eventually(async () => {
      const told = await interruptions();
      expect(told).toHaveLength(count);
      return told.at(-1);
    }, 20_000);

  test('is resumed at its newest event when ours is too old, and everybody is read again (FREG-02)', async () => {
    await worker.kill();
    const before = await pointer();
    await rename('GAMMEL');
    await happen('flood', { count: 20 });
    await stand.registers.freg.control('/feed-start', { oldest: (await newest()) - 5 });
    worker = await stand.startWorker();
    expect(await waitForInterruption(1)).toMatchObject({
      ...{ reason: 'POINTER_TOO_OLD', askedFor: before + 1, resumedAt: (await newest()) + 1 },
    });
    await given('GAMMEL');
  });

  test('is resumed when the register has gone back behind us, and takes numbers that come again (FREG-02)', async () => {
    await stand.registers.freg.kill();
    await stand.registers.freg.start({ empty: true });
    const resumed = await waitForInterruption(2);
    expect(resumed).toMatchObject({ reason: 'POINTER_AHEAD', resumedAt: (await newest()) + 1 });
    const { first } = await rename('TILBAKE');
    await given('TILBAKE');
    // The first number of all, which stood for a change of responsibility before.
    const events = await stand.database.admin`select type from feed_event where sequence = ${first}`;
    expect(events).toEqual([{ type: 'endringINavn' }]);
  });
});
