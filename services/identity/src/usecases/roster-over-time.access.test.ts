import { aboutNobody } from '@ranselpost/kit/answer';
import { staff } from '@ranselpost/kit/testing/actors';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { importRoster } from './import-roster.ts';
import { readChildren } from './read-children.ts';
import { signInStaff } from './sign-in.ts';

let h: Harness;
const open: Harness[] = [];
beforeEach(async () => {
  h = await harness();
  open.push(h);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const names = ['first', 'third', 'tenth', 'old', 'next', 'carer', 'sfo', 'stand-in'] as const;
const number = Object.fromEntries(names.map((name) => [name, aNumber()]));
const person = (key: (typeof names)[number]) => ({
  key,
  number: number[key]!,
  ...(['first', 'third', 'tenth'].includes(key) ? {} : { feide: `${key}@x.example` }),
});
const groups: TestRoster['groups'] = [
  { key: 'owner', kind: 'owner', parent: 'owner' },
  { key: 'school', kind: 'school', parent: 'owner' },
  { key: 'sfo', kind: 'sfo', parent: 'school' },
  { key: 'nursery', kind: 'kindergarten', parent: 'owner' },
  { key: 'blue', kind: 'basis', parent: 'nursery' },
];
const place = (
  who: (typeof names)[number],
  role: string,
  days: { readonly from?: string; readonly until?: string },
  ...targets: readonly string[]
) => targets.map((target) => ({ person: who, target, role, ...days }));

/** The spring of one school year … */
const spring: TestRoster = {
  writtenAt: '2026-05-01T06:00:00',
  persons: names.filter((name) => name !== 'stand-in').map(person),
  groups: [...groups, { key: '3A-25', kind: 'basis', parent: 'school' }],
  places: [
    ...place('first', '01', { from: '2022-08-15' }, 'nursery', 'blue'),
    ...place('third', '01', { from: '2023-08-01' }, 'school'),
    ...place('third', '01', { from: '2025-08-01' }, '3A-25', 'sfo'),
    ...place('tenth', '01', { from: '2016-08-01' }, 'school'),
    ...place('old', '06', { from: '2025-08-01' }, '3A-25'),
    ...place('carer', '08', { from: '2025-08-01' }, 'blue'),
    ...place('sfo', '08', { from: '2025-08-01' }, 'sfo'),
  ],
};
/** … and the roster of the next, as it comes in June: the day between is 1 August. */
const year = { until: '2026-07-31' };
const autumn: TestRoster = {
  writtenAt: '2026-06-15T06:00:00',
  persons: spring.persons,
  groups: [
    ...groups,
    { key: '3A-25', kind: 'basis', parent: 'school', until: '2026-07-31' },
    { key: '4A-26', kind: 'basis', parent: 'school', from: '2026-08-01', until: '2027-07-31' },
    { key: '1A-26', kind: 'basis', parent: 'school', from: '2026-08-01', until: '2027-07-31' },
  ],
  places: [
    ...place('first', '01', { from: '2022-08-15', ...year }, 'nursery', 'blue'),
    ...place('first', '01', { from: '2026-08-01' }, 'school', '1A-26', 'sfo'),
    ...place('third', '01', { from: '2023-08-01' }, 'school'),
    ...place('third', '01', { from: '2025-08-01' }, '3A-25', 'sfo'),
    ...place('third', '01', { from: '2026-08-01' }, '4A-26'),
    ...place('tenth', '01', { from: '2016-08-01', until: '2026-06-19' }, 'school'),
    ...place('old', '06', { from: '2025-08-01' }, '3A-25'),
    ...place('next', '06', { from: '2026-08-01' }, '4A-26'),
    ...place('carer', '08', { from: '2025-08-01' }, 'blue'),
    ...place('sfo', '08', { from: '2025-08-01' }, 'sfo'),
  ],
};

async function run(roster: TestRoster) {
  const result = await importRoster(h.deps, rosterFile(roster), { mayEndMuch: false });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
}
const idOf = async (name: string) => (await h.personOf(number[name]!))!;

/** Has it be an instant for both locks: for the policy, and for row-level security in the database. */
async function atInstant(instant: string): Promise<void> {
  h.setNow(instant);
  await h.database.admin.unsafe(`
    create or replace function access.today() returns date language sql stable parallel safe
      as $$ select (timestamptz '${instant}' at time zone 'Europe/Oslo')::date $$`);
}
/** Whether a member of staff sees a child, by both locks together and by the second alone. */
async function sees(who: string, child: string): Promise<boolean> {
  const [actor, childId] = [staff(await idOf(who)), await idOf(child)];
  const seen = (await readChildren(h.deps, actor, [childId])).has(childId);
  const rows = await h.deps.db.asActor(actor, async (tx) =>
    aboutNobody([...(await tx.execute(sql`select person_id from person where person_id = ${childId}`))]),
  );
  expect(rows.length > 0).toBe(seen);
  return seen;
}
const seenBy = async (child: string) => {
  const seeing = [];
  for (const who of ['old', 'next', 'carer', 'sfo']) if (await sees(who, child)) seeing.push(who);
  return seeing;
};

describe('from one school year to the next', () => {
  beforeEach(async () => {
    await atInstant('2026-05-04T08:00:00Z');
    await run(spring);
    await atInstant('2026-06-15T08:00:00Z');
    await run(autumn);
  });

  test('nothing changes for anybody before the day, and everything on it (S-02)', async () => {
    await atInstant('2026-07-31T21:59:59Z');
    expect(await seenBy('third')).toEqual(['old', 'sfo']);
    expect(await seenBy('first')).toEqual(['carer']);
    await atInstant('2026-07-31T22:00:00Z');
    expect(await seenBy('third')).toEqual(['next', 'sfo']);
    expect(await seenBy('first')).toEqual(['sfo']);
  });

  test('a child moves from kindergarten to school and after-school care without a gap, and is at no two of them', async () => {
    const rows = await h.database.admin<{ period: string }[]>`
      select u.source_key || ' ' || from_day || ' ' || coalesce(to_day::text, 'on') as period
      from enrolment join unit u using (unit_id) where child_id = ${await idOf('first')} and to_day is distinct from from_day
      order by from_day, 1`;
    expect(rows.map(({ period }) => period)).toEqual([
      'nursery 2022-08-15 2026-08-01',
      'school 2026-08-01 2027-08-01',
      'sfo 2026-08-01 on',
      'school 2027-08-01 on',
    ]);
  });

  test('a child that stays keeps its place at the unit through all groups, and one that leaves is gone the day after', async () => {
    const days = async (name: string) => {
      const rows = await h.database.admin<{ days: string }[]>`
        select from_day || ' ' || coalesce(to_day::text, 'on') as days from enrolment join unit u using (unit_id)
        where child_id = ${await idOf(name)} and u.source_key = 'school' and to_day is distinct from from_day order by 1`;
      return rows.map((row) => row.days);
    };
    expect(await days('third')).toEqual([
      '2023-08-01 2025-08-01',
      '2025-08-01 2026-08-01',
      '2026-08-01 2027-08-01',
      '2027-08-01 on',
    ]);
    expect(await days('tenth')).toEqual(['2016-08-01 2026-06-20']);
  });

  test('the roster of the new year alone ends the old groups on its day', async () => {
    await atInstant('2026-08-17T06:00:00Z');
    await run({
      ...autumn,
      writtenAt: '2026-08-17T04:00:00',
      groups: autumn.groups.filter(({ key }) => key !== '3A-25'),
      places: autumn.places.filter(
        ({ person: who, target, until }) => target !== '3A-25' && who !== 'tenth' && until === undefined,
      ),
    });
    expect(await seenBy('third')).toEqual(['next', 'sfo']);
    const closed = await h.database.admin<{ source_key: string }[]>`
      select source_key from child_group where not is_active`;
    expect(closed.map(({ source_key }) => source_key)).toEqual(['3A-25']);
  });
});

describe('a substitute for a day', () => {
  const day = '2026-05-12';
  const withStandIn: TestRoster = {
    ...spring,
    persons: [...spring.persons, person('stand-in')],
    places: [
      ...spring.places,
      { person: 'stand-in', target: '3A-25', role: '02', subrole: 'vikar', from: day, until: day },
    ],
  };

  test('sees the class from midnight to midnight in Norway, and nothing before and after (S-02)', async () => {
    await atInstant('2026-05-11T08:00:00Z');
    await run(withStandIn);
    const login = () => signInStaff(h.deps, 'stand-in@x.example');
    // Norway is two hours ahead of the world's clock in May.
    const instants: [string, boolean][] = [
      ['2026-05-11T21:59:59Z', false],
      ['2026-05-11T22:00:00Z', true],
      ['2026-05-12T10:00:00Z', true],
      ['2026-05-12T21:59:59Z', true],
      ['2026-05-12T22:00:00Z', false],
    ];
    for (const [instant, isThere] of instants) {
      await atInstant(instant);
      expect([instant, await sees('stand-in', 'third')]).toEqual([instant, isThere]);
      expect(await sees('stand-in', 'first')).toBe(false);
      expect(await login()).toMatchObject(
        isThere ? { ok: true } : { ok: false, refusal: { kind: 'no-current-role' } },
      );
    }
  });

  test('is over also when no later roster ever says so', async () => {
    await atInstant('2026-05-11T08:00:00Z');
    await run(withStandIn);
    const [role] = await h.database.admin`
      select role, from_day::text as from, to_day::text as to from staff_role
      where person_id = ${await idOf('stand-in')}`;
    expect({ ...role }).toEqual({ role: 'TEACHER', from: '2026-05-12', to: '2026-05-13' });
    await atInstant('2027-05-12T10:00:00Z');
    expect(await sees('stand-in', 'third')).toBe(false);
  });
});
