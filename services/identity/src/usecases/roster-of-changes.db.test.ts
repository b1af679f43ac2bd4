import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { importRoster, showRoster } from './import-roster.ts';

let h: Harness;
const open: Harness[] = [];
const numbers = { ida: aNumber(), per: aNumber(), teacher: aNumber(), new: aNumber() };
const whole: TestRoster = {
  persons: [
    { key: 'ida', number: numbers.ida },
    { key: 'per', number: numbers.per },
    { key: 'teacher', number: numbers.teacher, feide: 'teacher@x.example' },
  ],
  groups: [
    { key: 'owner', kind: 'owner', parent: 'owner' },
    { key: 'school', kind: 'school', parent: 'owner' },
    { key: '3A', kind: 'basis', parent: 'school' },
    { key: '3B', kind: 'basis', parent: 'school' },
  ],
  places: [
    { person: 'ida', target: 'school', role: '01' },
    { person: 'ida', target: '3A', role: '01' },
    { person: 'per', target: 'school', role: '01' },
    { person: 'teacher', target: '3A', role: '06' },
  ],
};
beforeEach(async () => {
  h = await harness();
  open.push(h);
  await run(whole);
  await h.told();
});
afterAll(async () => {
  for (const one of open) await one.close();
});

async function run(roster: TestRoster) {
  const result = await importRoster(h.deps, rosterFile(roster), { mayEndMuch: false });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
const changes = (some: Partial<TestRoster>, type = 'delta') =>
  run({ persons: [], groups: [], places: [], ...some, type });
const placesOf = async (number: string) => {
  const rows = await h.database.admin<{ place: string }[]>`
    select u.source_key || coalesce(' ' || (select string_agg(source_key, ',') from child_group where group_id = any (group_ids)), '')
      || ' ' || from_day || coalesce(' ' || to_day, '') as place
    from enrolment join unit u using (unit_id) where child_id = ${(await h.personOf(number))!} order by 1`;
  return rows.map(({ place }) => place);
};
const rolesToday = async () => {
  const rows = await h.database.admin<{ role: string }[]>`
    select role || ' ' || coalesce(g.source_key, 'unit') as role from staff_role left join child_group g using (group_id)
    where to_day is null or to_day > date '2026-11-21' order by 1`;
  return rows.map(({ role }) => role);
};

describe.each(['delta', 'event', 'melding'])('a roster of changes of type %s', (type) => {
  test('leaves what it does not name as it was, and adds what is new', async () => {
    const report = await changes(
      {
        persons: [{ key: 'new', number: numbers.new }],
        places: [
          { person: 'new', target: 'school', role: '01', from: '2026-11-23' },
          { person: 'teacher', target: '3B', role: '02', from: '2026-11-23' },
        ],
      },
      type,
    );
    expect(report).toMatchObject({ persons: 1, children: 1, staff: 1 });
    expect(await placesOf(numbers.new)).toEqual(['school 2026-11-23']);
    expect(await placesOf(numbers.ida)).toEqual(['school 3A 2026-08-01']);
    expect(await rolesToday()).toEqual(['CONTACT_TEACHER 3A', 'TEACHER 3B']);
    expect(await h.told()).toHaveLength(3);
  });

  test('ends what it says is gone, dated, and no more than that', async () => {
    await changes(
      {
        places: [
          { person: 'ida', target: '3A', role: '01', recstatus: '3' },
          { person: 'teacher', target: '3A', role: '06', status: '0' },
        ],
      },
      type,
    );
    expect(await placesOf(numbers.ida)).toEqual(['school 2026-11-21', 'school 3A 2026-08-01 2026-11-21']);
    expect(await rolesToday()).toEqual([]);
    expect(await placesOf(numbers.per)).toEqual(['school 2026-08-01']);
  });
});

describe('a roster of changes', () => {
  test('says the days of a place anew', async () => {
    await changes({ places: [{ person: 'ida', target: '3A', role: '01', until: '2026-12-18' }] });
    expect(await placesOf(numbers.ida)).toEqual(['school 2026-12-19', 'school 3A 2026-08-01 2026-12-19']);
  });

  test('ends everything of somebody who is gone or inactive', async () => {
    await changes({
      persons: [
        { key: 'ida', recstatus: '3' },
        { key: 'teacher', isInactive: true },
      ],
    });
    expect(await placesOf(numbers.ida)).toEqual(['school 3A 2026-08-01 2026-11-21']);
    expect(await rolesToday()).toEqual([]);
    const [login] = await h.database.admin`select is_current from staff_login`;
    expect(login).toEqual({ is_current: false });
    expect(await placesOf(numbers.per)).toEqual(['school 2026-08-01']);
  });

  test('closes a group or a unit with everything in it', async () => {
    await changes({ groups: [{ key: '3A', kind: 'basis', parent: 'school', recstatus: '3' }] });
    expect(await placesOf(numbers.ida)).toEqual(['school 2026-11-21', 'school 3A 2026-08-01 2026-11-21']);
    expect(await rolesToday()).toEqual([]);
    await changes({ groups: [{ key: 'school', kind: 'school', parent: 'owner', recstatus: '3' }] });
    const [unit] = await h.database.admin`select is_active from unit`;
    expect(unit).toEqual({ is_active: false });
    expect(
      await h.database.admin`
      select 1 from enrolment where to_day is null or to_day > greatest(from_day, date '2026-11-21')`,
    ).toHaveLength(0);
  });

  test('gives units, groups and people other keys, and they stay who they are', async () => {
    const before = await placesOf(numbers.ida);
    await changes({
      persons: [{ key: 'ida-2', former: 'ida', number: numbers.ida }],
      groups: [
        { key: 'school-2', former: 'school', kind: 'school', parent: 'owner', name: 'school' },
        { key: '3A-2', former: '3A', kind: 'basis', parent: 'school-2', name: '3A' },
      ],
    });
    expect(await placesOf(numbers.ida)).toEqual(
      before.map((place) => place.replace('school 3A', 'school-2 3A-2')),
    );
    expect(await h.told()).toEqual([]);
    await changes({ places: [{ person: 'ida-2', target: '3A-2', role: '01', recstatus: '3' }] });
    expect(await placesOf(numbers.ida)).toHaveLength(2);
  });

  test('is refused when it names what neither it nor the last roster has, and when it is older than that', async () => {
    const file = rosterFile({
      ...{ type: 'delta', persons: [], groups: [], writtenAt: '2026-11-20T08:00:00' },
      places: [
        { person: 'nobody', target: '3A', role: '01' },
        { person: 'ida', target: 'nowhere', role: '01' },
      ],
    });
    expect(await importRoster(h.deps, file, { mayEndMuch: false })).toMatchObject({
      refusal: {
        total: 3,
        faults: [{ kind: 'older-than-known' }, { kind: 'unknown-person' }, { kind: 'unknown-target' }],
      },
    });
  });

  test('is shown before it is taken in', async () => {
    const file = rosterFile({
      ...{ type: 'delta', persons: [], groups: [] },
      places: [{ person: 'ida', target: 'school', role: '01', recstatus: '3' }],
    });
    expect(await showRoster(h.deps, file)).toMatchObject({
      ok: true,
      value: {
        type: 'changes',
        counts: { children: { join: 0, leave: 1 }, units: { CLOSES: 0 }, groups: { CLOSES: 0 } },
        units: [{ key: 'school', leaves: [{ key: 'ida' }] }],
      },
    });
  });

  test('is the ground of the next full one as well as the other way round', async () => {
    await changes({ places: [{ person: 'per', target: '3B', role: '01' }] });
    await run(whole);
    expect(await placesOf(numbers.per)).toEqual(['school 2026-11-21', 'school 3B 2026-08-01 2026-11-21']);
  });
});
