import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { oneRoster11, headers } from '../testing/one-roster.ts';
import { readOneRoster } from '../clients/oneroster/read.ts';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestRoster, rosterFile } from '../testing/roster.ts';
import { differenceAsText, faultsAsText } from './roster-as-text.ts';
import { importRoster, showRoster } from './import-roster.ts';
import { Readable } from 'node:stream';

let h: Harness;
const open: Harness[] = [];
beforeEach(async () => {
  h = await harness();
  open.push(h);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const numbers = { ida: aNumber(), per: aNumber(), teacher: aNumber(), new: aNumber() };
const before: TestRoster = {
  persons: [
    { key: 'ida', number: numbers.ida },
    { key: 'per', number: numbers.per },
    { key: 'teacher', number: numbers.teacher, feide: 'teacher@x.example' },
  ],
  groups: [
    { key: 'owner', kind: 'owner', parent: 'owner' },
    { key: 'school', kind: 'school', parent: 'owner' },
    { key: 'sfo', kind: 'sfo', parent: 'school' },
    { key: '3A', kind: 'basis', parent: 'school' },
  ],
  places: [
    { person: 'ida', target: 'school', role: '01' },
    { person: 'ida', target: '3A', role: '01' },
    { person: 'ida', target: 'sfo', role: '01' },
    { person: 'per', target: 'school', role: '01' },
    { person: 'teacher', target: '3A', role: '06' },
  ],
};
const later: TestRoster = {
  persons: [...before.persons.filter(({ key }) => key !== 'per'), { key: 'new' }],
  groups: [
    ...before.groups.filter(({ key }) => key !== 'sfo'),
    { key: '3B', kind: 'basis', parent: 'school' },
    { key: 'nursery', kind: 'kindergarten', parent: 'owner' },
  ],
  places: [
    { person: 'ida', target: 'school', role: '01' },
    { person: 'ida', target: '3A', role: '01', until: '2026-11-30' },
    { person: 'ida', target: '3B', role: '01', from: '2026-12-01' },
    { person: 'new', target: 'nursery', role: '01', from: '2027-01-04' },
    { person: 'teacher', target: '3B', role: '06', from: '2026-12-01' },
  ],
};
const show = async (roster: TestRoster) => {
  const result = await showRoster(h.deps, rosterFile(roster));
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};
const apply = (roster: TestRoster, shown: string, mayEndMuch = false) =>
  importRoster(h.deps, rosterFile(roster), { mayEndMuch, shown });
const tables = [
  'person',
  'person_number',
  'unit',
  'child_group',
  'enrolment',
  'staff_role',
  'staff_login',
  'roster_person',
  'roster_place',
  'work_item',
];
const contents = async () => {
  const all: Record<string, unknown> = {};
  for (const table of tables)
    all[table] = await h.database.admin.unsafe(`select * from ${table} order by 1, 2, 3`);
  return JSON.stringify(all);
};

describe('a dry run', () => {
  test('says by unit who joins, leaves and changes group, what begins and ends, and changes nothing', async () => {
    await importRoster(h.deps, rosterFile(before), { mayEndMuch: false });
    const known = await contents();
    await h.told();
    const { digest, units, ...difference } = await show(later);
    const [ida, per, teacher] = await Promise.all(
      [numbers.ida, numbers.per, numbers.teacher].map((number) => h.personOf(number)),
    );
    const [school] = await h.database.admin<{ unit_id: string }[]>`
      select unit_id from unit where source_key = 'school'`;
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(difference).toEqual({
      ...{ source: 'sas@test.example', type: 'full', day: '2026-11-21' },
      counts: {
        units: { APPEARS: 1, CHANGES: 0, CLOSES: 1 },
        groups: { APPEARS: 1, CHANGES: 0, CLOSES: 0 },
        persons: { new: 1, withoutNumber: 1 },
        children: { join: 1, leave: 2, changeGroup: 1, stayLonger: 0 },
        roles: { begin: 1, end: 1, lastLonger: 0 },
        logins: { begin: 0, end: 0 },
      },
      endsTooMuch: null,
      municipality: [],
      passedOver: { pifu_hasContactPerson: 3 },
    });
    const of = (key: string) => units.find((unit) => unit.key === key);
    expect(of('school')).toEqual({
      ...{ key: 'school', id: school!.unit_id, kind: 'SCHOOL', change: null, joins: [], staysLonger: [] },
      groups: [
        { key: '3A', id: expect.any(String), change: null, join: 0, leave: 1 },
        { key: '3B', id: null, change: 'APPEARS', join: 1, leave: 0 },
      ],
      leaves: [{ key: 'per', id: per, on: '2026-11-21' }],
      changesGroup: [{ key: 'ida', id: ida, on: '2026-12-01', leaves: ['3A'], joins: ['3B'] }],
      roles: [
        {
          key: 'teacher',
          id: teacher,
          change: 'ENDS',
          role: 'CONTACT_TEACHER',
          group: '3A',
          on: '2026-11-21',
        },
        {
          key: 'teacher',
          id: teacher,
          change: 'BEGINS',
          role: 'CONTACT_TEACHER',
          group: '3B',
          on: '2026-12-01',
        },
      ],
    });
    expect(of('sfo')).toMatchObject({ change: 'CLOSES', leaves: [{ key: 'ida', id: ida }] });
    expect(of('nursery')).toMatchObject({
      ...{ id: null, change: 'APPEARS', joins: [{ key: 'new', id: null, on: '2027-01-04', groups: [] }] },
    });
    expect(await contents()).toBe(known);
    expect(await h.told()).toEqual([]);
    for (const table of ['staged_person', 'staged_group', 'staged_member', 'staged_former'])
      expect(await h.database.admin.unsafe(`select 1 from ${table}`)).toHaveLength(0);
  });

  test('names nobody and nothing, in whatever form it is read', async () => {
    await importRoster(h.deps, rosterFile(before), { mayEndMuch: false });
    const difference = await show({
      ...later,
      groups: later.groups.map((group) => ({ ...group, name: `Skogen ${group.key}` })),
    });
    for (const text of [JSON.stringify(difference), differenceAsText(difference)]) {
      expect(text).not.toMatch(/SYKKELPUMPE|Skogen|teacher@x/);
      for (const number of Object.values(numbers)) expect(text).not.toContain(number);
    }
    expect(differenceAsText(difference)).toMatch(
      /changes group ida \([0-9a-f-]{36}\) on 2026-12-01: out of 3A, in 3B/,
    );
  });

  test('says nothing of a roster that was taken in', async () => {
    await importRoster(h.deps, rosterFile(before), { mayEndMuch: false });
    expect(await show(before)).toMatchObject({
      units: [],
      counts: { children: { join: 0, leave: 0, changeGroup: 0, stayLonger: 0 } },
    });
  });

  test('waits until a roster that was taken in half-way is taken in whole', async () => {
    let left = 9;
    const dying = {
      ...h.deps,
      newId: () => {
        if ((left -= 1) < 0) throw new Error('killed');
        return h.deps.newId();
      },
    };
    await expect(importRoster(dying, rosterFile(before), { mayEndMuch: false })).rejects.toThrow('killed');
    expect(await showRoster(h.deps, rosterFile(later))).toEqual({
      ok: false,
      refusal: { kind: 'another-is-unfinished' },
    });
    expect(await importRoster(h.deps, rosterFile(before), { mayEndMuch: false })).toMatchObject({
      ok: true,
      value: { wasGoneOnWith: true },
    });
  });
});

describe('applying what was shown', () => {
  test('does exactly that', async () => {
    await importRoster(h.deps, rosterFile(before), { mayEndMuch: false });
    const { digest } = await show(later);
    expect((await show(later)).digest).toBe(digest);
    expect(await apply(later, digest)).toMatchObject({ ok: true });
    expect(await show(later)).toMatchObject({ units: [] });
  });

  const changes: [string, () => Promise<unknown>, TestRoster][] = [
    ['the roster is another one', async () => {}, { ...later, places: later.places.slice(1) }],
    ['it is another day', async () => h.setNow('2026-11-22T08:00:00Z'), later],
    [
      'something else has become of the people in it',
      () => h.database.admin`update enrolment set to_day = date '2026-11-20' where to_day is null`,
      later,
    ],
    [
      'something else has become of a unit',
      () => h.database.admin`update unit set is_active = false where source_key = 'school'`,
      later,
    ],
  ];
  test.each(changes)('is refused when %s', async (_what, change, roster) => {
    await importRoster(h.deps, rosterFile(before), { mayEndMuch: false });
    const { digest } = await show(later);
    await change();
    const known = await contents();
    expect(await apply(roster, digest)).toEqual({ ok: false, refusal: { kind: 'not-what-was-shown' } });
    expect(await contents()).toBe(known);
    expect(faultsAsText({ kind: 'not-what-was-shown' })).toBe('refused: not-what-was-shown');
  });

  test('still needs to be said when it would end much', async () => {
    const many = Array.from({ length: 60 }, (_one, at) => ({ key: `c${at}`, number: aNumber() }));
    await importRoster(
      h.deps,
      rosterFile({
        ...before,
        persons: [...before.persons, ...many],
        places: [...before.places, ...many.map(({ key }) => ({ person: key, target: 'school', role: '01' }))],
      }),
      { mayEndMuch: false },
    );
    const shown = await show(before);
    expect(shown.endsTooMuch).toEqual({ ending: 60, current: 62 });
    expect(differenceAsText(shown)).toContain('needs --may-end-much');
    expect(await apply(before, shown.digest)).toMatchObject({ refusal: { kind: 'ends-too-much' } });
    expect(await apply(before, shown.digest, true)).toMatchObject({ ok: true });
  });

  test('is brought to a stop too by a file that keeps everybody and ends them all', async () => {
    const many = Array.from({ length: 60 }, (_one, at) => ({ key: `c${at}`, number: aNumber() }));
    const with60 = (until?: string): TestRoster => ({
      ...before,
      persons: [...before.persons, ...many],
      places: many.map(({ key }) => ({
        ...{ person: key, target: 'school', role: '01' },
        ...(until === undefined ? {} : { until }),
      })),
    });
    await importRoster(h.deps, rosterFile(with60()), { mayEndMuch: false });
    expect(await importRoster(h.deps, rosterFile(with60('2026-11-20')), { mayEndMuch: false })).toMatchObject(
      {
        refusal: { kind: 'ends-too-much', ending: 60, current: 60 },
      },
    );
  });
});

describe('the second format', () => {
  const one = (enrollments: readonly string[], digest = 'a') => {
    const files = oneRoster11(
      [
        { key: 'ida', number: numbers.ida, role: 'student', orgs: 'skole,sfo' },
        { key: 'bo', role: 'student', orgs: 'bhg' },
        { key: 'kari', number: numbers.teacher, role: 'teacher', orgs: 'skole', feide: 'kari@x.example' },
        { key: 'mor', number: numbers.new, role: 'parent', orgs: 'skole' },
      ],
      { enrollments: [headers.enrollments, ...enrollments] },
    );
    const folder = {
      names: Object.keys(files),
      open: async (name: string) => Readable.from([Buffer.from(files[name]!)]),
      close: async () => {},
    };
    return { digest: digest.repeat(64), read: () => readOneRoster(folder) };
  };
  const enrolled = [
    'e1,,,3A,skole,ida,student,,,',
    'e2,,,3A,skole,kari,teacher,true,,',
    'e3,,,bla,bhg,bo,student,,2026-08-15,',
  ];

  test('is shown, taken in and refused by the same rules', async () => {
    const shown = await showRoster(h.deps, one(enrolled));
    if (!shown.ok) throw new Error(JSON.stringify(shown));
    expect(shown.value.counts).toMatchObject({
      units: { APPEARS: 3 },
      persons: { new: 3, withoutNumber: 1 },
      children: { join: 3 },
      roles: { begin: 1 },
    });
    const options = { mayEndMuch: false, shown: shown.value.digest };
    expect(await importRoster(h.deps, one(enrolled), options)).toMatchObject({ ok: true });
    const rows = await h.database.admin`
      select u.source_key as unit, from_day::text as from, to_day::text as to, cardinality(group_ids) as groups
      from enrolment join unit u using (unit_id) where child_id = ${(await h.personOf(numbers.ida))!} order by 1, 2`;
    // Nobody says since when she is at the school; the class counts until its last term is over.
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { unit: 'sfo', from: '2026-11-21', to: null, groups: 0 },
      { unit: 'skole', from: '2026-11-21', to: '2027-06-19', groups: 1 },
      { unit: 'skole', from: '2027-06-19', to: null, groups: 0 },
    ]);
    expect(await h.personOf(numbers.new)).toBeUndefined();
    const [role] = await h.database.admin`select role, to_day::text as to from staff_role`;
    expect({ ...role }).toEqual({ role: 'CONTACT_TEACHER', to: '2027-06-19' });
    await h.told();
    // Given once more on a later day, nothing begins anew.
    h.setNow('2026-12-01T08:00:00Z');
    expect(await importRoster(h.deps, one(enrolled, 'b'), { mayEndMuch: false })).toMatchObject({
      value: { units: 0, persons: 0, children: 0, staff: 0 },
    });
    expect(await h.told()).toEqual([]);
    const wrong = await importRoster(h.deps, one(['e1,,,9Z,skole,x,student,,,']), { mayEndMuch: false });
    expect(wrong).toMatchObject({
      refusal: {
        kind: 'faults',
        faults: [
          { kind: 'unknown-target', file: 'enrollments.csv', line: 2 },
          { kind: 'unknown-person', file: 'enrollments.csv', line: 2 },
        ],
      },
    });
  });
});
