import { seal } from '@ranselpost/kit/seal';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { personUnfollowedV1 } from '@ranselpost/schema/events/identity/person-unfollowed.v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stand, type Worker, keys, startStand } from '../../test/stand.ts';

let stand: Stand;
let worker: Worker;

beforeAll(async () => {
  stand = await startStand();
  worker = await stand.startWorker();
});
afterAll(() => stand.close());

const record = (personId: string, count = 1) =>
  eventually(async () => {
    const records = await stand.records(personId);
    if (records.length < count) throw new Error(`${records.length} records`);
    return records.at(-1);
  });

describe('following somebody', () => {
  test('reads a child and both joint holders, and tells it sealed', async () => {
    const { number } = stand.registers;
    const child = await stand.follow(number('F1.older'));
    const told = await record(child);
    expect(told?.numbers).toEqual([{ number: number('F1.older'), isInUse: true, kind: 'NATIONAL' }]);
    expect(told?.responsibilities.map(({ value, responsible }) => [value, responsible])).toEqual(
      expect.arrayContaining([
        ['felles', { kind: 'person', number: number('F1.mother') }],
        ['felles', { kind: 'person', number: number('F1.father') }],
      ]),
    );
  });

  test('tells of a number that nobody has that there is nothing (FREG-08)', async () => {
    expect(await record(await stand.follow('11813055572'))).toBeNull();
  });

  test.each([
    ['error', 'F8.child'],
    ['survivor', 'F13.pupil'],
  ])(
    'follows a person to a new number, where a bulk look-up by the old one gives %s (FREG-08)',
    async (bulkEnded, name) => {
      await stand.registers.freg.control('/modes', { bulkEnded });
      const old = stand.registers.number(name);
      const personId = await stand.follow(old);
      const known = (await record(personId))?.numbers.length ?? 0;
      await stand.registers.freg.control('/life-events', { kind: 'number-change', person: old });
      const told = await record(personId, 2);
      expect(told?.numbers).toHaveLength(known + 1);
      expect(told?.numbers.find(({ number }) => number === old)?.isInUse).toBe(false);
      expect(told?.numbers.filter(({ isInUse }) => isInUse)).toHaveLength(1);
      await stand.registers.freg.control('/modes', { bulkEnded: 'error' });
    },
  );

  test('does not tell again what was told last, and tells whoever asks by another number', async () => {
    const number = stand.registers.number('F2.mother');
    const personId = await stand.follow(number, 'staff');
    await record(personId);
    await stand.follow(number, 'staff', personId);
    await eventually(async () => {
      const [row] = await stand.database.admin`
        select asked, due_at from reading where person_id = ${personId}`;
      expect(row).toMatchObject({ asked: 2, due_at: null });
    });
    expect(await stand.records(personId)).toHaveLength(1);
    await stand.follow(stand.registers.number('F2.father'), 'staff', personId);
    const [first, second] = await record(personId, 2).then(() => stand.records(personId));
    expect(second?.numbers).not.toEqual(first?.numbers);
  });

  test('gives each telling a higher revision, also after somebody was forgotten and followed anew (S-24)', async () => {
    const number = stand.registers.number('F3.mother');
    const personId = await stand.follow(number, 'staff');
    await record(personId);
    await stand.identity.tell(personUnfollowedV1, { personId });
    await eventually(async () =>
      expect(
        await stand.database.admin`select 1 from followed_person where person_id = ${personId}`,
      ).toHaveLength(0),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await stand.follow(number, 'staff', personId);
    await record(personId, 2);
    const revisions = (await stand.told())
      .filter(({ subject }) => subject === personId)
      .map(({ data }) => (data as { revision: number }).revision);
    expect(revisions[1]).toBeGreaterThan(revisions[0]!);
  });

  test('asks where somebody lives when a place is to be applied for, and tells whether that is here (BHG-03)', async () => {
    const { freg, number } = stand.registers;
    const child = await stand.follow(number('F12.child'));
    expect(await record(child)).not.toHaveProperty('livesHere');
    await stand.follow(number('F12.child'), 'child', child, { withResidence: true });
    expect(await record(child, 2)).toMatchObject({ livesHere: 'YES' });
    // The same once more is no news.
    await stand.follow(number('F12.child'), 'child', child, { withResidence: true });
    await freg.control('/life-events', { kind: 'emigration', person: number('F12.child') });
    expect(await record(child, 3)).toMatchObject({ livesHere: 'NO' });
    const hidden = await stand.follow(number('F6.child'), 'child', undefined, { withResidence: true });
    expect(await record(hidden)).toMatchObject({ livesHere: 'UNKNOWN', protection: 'STRENGT_FORTROLIG' });
  });

  test('leaves an older word about somebody unheard when a newer one has come (S-24)', async () => {
    const [newer, older] = [stand.registers.number('F1.younger'), stand.registers.number('F1.older')];
    const personId = await stand.follow(newer);
    await record(personId);
    const [envelope] = await stand.database
      .admin`select told_at from followed_person where person_id = ${personId}`;
    const before = new Date(new Date(String(envelope!['told_at'])).getTime() - 60_000).toISOString();
    const data = { personId, reason: 'child', sealed: await seal(keys.seals, personId, { number: older }) };
    await stand.identity.publish({
      type: 'identity.person.followed.v1',
      subject: personId,
      time: before,
      data,
    });
    await stand.follow(older);
    await eventually(async () =>
      expect((await stand.database.admin`select 1 from inbox`).length).toBe(stand.identity.position()),
    );
    expect((await stand.records(personId)).at(-1)?.numbers[0]?.number).toBe(newer);
  });

  test('refuses a number of the series that may not be held here, and goes on with the rest', async () => {
    const refused = await stand.follow('21861864071');
    const accepted = await stand.follow(stand.registers.number('F4.child'));
    await record(accepted);
    expect(
      await stand.database.admin`select 1 from followed_person where person_id = ${refused}`,
    ).toHaveLength(0);
    expect(await stand.database.admin`select 1 from dead_letter`).toHaveLength(1);
  });
});

describe('a register that ails', () => {
  const heal = () => stand.registers.freg.heal();

  test.each([
    ['a page of HTML', { kind: 'html', endpoint: 'bulk', status: 200 }],
    ['a page of HTML with 403', { kind: 'html', endpoint: 'bulk' }],
    ['a torn answer', { kind: 'malformed', endpoint: 'bulk' }],
    ['an error of Fiks', { kind: 'error', endpoint: 'bulk', status: 503, shape: 'fiks', times: 3 }],
    ['an error of its own', { kind: 'error', endpoint: 'bulk', status: 500, shape: 'openapi', times: 4 }],
    ['a bad request', { kind: 'error', endpoint: 'bulk', status: 400, shape: 'reference' }],
    [
      'throttling, in milliseconds (FREG-07)',
      { kind: 'throttle', endpoint: 'bulk', retryAfterMs: 700, times: 2 },
    ],
  ])('is asked again after %s, and nothing is lost (S-21)', async (_what, fault) => {
    await stand.registers.freg.fail(fault);
    const personId = await stand.follow(stand.registers.number('F5.child'));
    expect(await record(personId)).not.toBeNull();
    await heal();
  });

  test('gets a new token at once in place of one that it refuses', async () => {
    const warnings = () => worker.output().split('has to be tried again').length;
    const before = warnings();
    await stand.registers.freg.fail({ kind: 'error', endpoint: 'bulk', status: 401, shape: 'fiks' });
    await record(await stand.follow(stand.registers.number('F7.child')));
    expect(warnings()).toBe(before);
  });

  test('is not told as empty while it is away, and read when it is back (S-26)', async () => {
    await stand.registers.freg.kill();
    const personId = await stand.follow(stand.registers.number('F6.child'));
    await eventually(() => expect(worker.output()).toContain('a batch has to be tried again'));
    expect(await stand.records(personId)).toEqual([]);
    await stand.registers.freg.start();
    expect(await record(personId)).not.toBeNull();
  });
});

describe('what is written down', () => {
  test('holds no national number, in any table or line of the log (S-10)', async () => {
    const { admin } = stand.database;
    const tables = await admin<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const numbers = (await stand.registers.people()).map(({ number }) => number);
    let dump = '';
    for (const { name } of tables)
      dump += (await admin.unsafe(`select t::text as line from ${name} t`))
        .map(({ line }) => line)
        .join('\n');
    dump += worker.output();
    expect(dump.length).toBeGreaterThan(5_000);
    for (const number of numbers) {
      const forms = [
        number,
        ...(['hex', 'base64'] as const).map((form) => Buffer.from(number).toString(form)),
      ];
      expect(forms.filter((form) => dump.includes(form))).toEqual([]);
    }
  });
});
