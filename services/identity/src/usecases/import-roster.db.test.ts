import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness, heldBy } from '../testing/harness.ts';
import { aDNumber, aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import { type TestRoster, asFile, rosterFile, rosterText } from '../testing/roster.ts';
import { importRoster } from './import-roster.ts';
import * as stage from './stage-roster.ts';

let h: Harness;
const open: Harness[] = [];
beforeEach(async () => {
  h = await harness();
  open.push(h);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const small = (): TestRoster & { numbers: Record<string, string> } => {
  const numbers = { ida: aNumber(), per: aDNumber(), teacher: aNumber(), leader: aNumber() };
  return {
    numbers,
    persons: [
      { key: 'ida', number: numbers.ida },
      { key: 'per', number: numbers.per },
      { key: 'teacher', number: numbers.teacher, feide: 'teacher@x.example' },
      { key: 'leader', number: numbers.leader, feide: 'leader@x.example' },
    ],
    groups: [
      { key: 'owner', kind: 'owner', parent: 'owner' },
      { key: 'school', kind: 'school', parent: 'owner' },
      { key: 'sfo', kind: 'sfo', parent: 'school' },
      { key: '3A', kind: 'basis', parent: 'school' },
    ],
    places: [
      { person: 'ida', target: 'school', role: '01', from: '2024-08-01' },
      { person: 'ida', target: '3A', role: '01', from: '2026-08-01' },
      { person: 'ida', target: 'sfo', role: '01', from: '2026-08-01' },
      { person: 'per', target: 'school', role: '01', from: '2026-08-01', until: '2027-06-20' },
      { person: 'teacher', target: 'school', role: '02' },
      { person: 'teacher', target: '3A', role: '06' },
      { person: 'leader', target: 'school', role: '05' },
      { person: 'leader', target: 'owner', role: '07' },
    ],
  };
};
const run = (roster: TestRoster, mayEndMuch = false) =>
  importRoster(h.deps, rosterFile(roster), { mayEndMuch });
const contents = async () => {
  const all: Record<string, unknown> = {};
  for (const table of [
    'person',
    'person_number',
    'unit',
    'child_group',
    'enrolment',
    'staff_role',
    'staff_login',
  ])
    all[table] = await h.database.admin.unsafe(`select * from ${table} order by 1`);
  return JSON.stringify(all);
};
const places = (name: string) => h.database.admin`
  select u.source_key as unit, from_day::text as from, to_day::text as to, cardinality(group_ids) as groups
  from enrolment join unit u using (unit_id) join person_number n on n.person_id = child_id
  where lookup_hash = (select lookup_hash from person_number where person_id = ${name}) order by 1, 2`;

describe('taking in a roster', () => {
  test('gets to know children, staff, units and groups, and asks the registry to follow the children alone (FREG-06)', async () => {
    const roster = small();
    expect(await run(roster)).toMatchObject({
      ok: true,
      value: { units: 2, persons: 4, children: 2, staff: 2 },
    });
    const told = await h.told();
    expect(told.map(({ type }) => type).toSorted()).toEqual([
      'identity.enrolments.changed.v1',
      'identity.enrolments.changed.v1',
      'identity.person.followed.v1',
      'identity.person.followed.v1',
      'identity.roles.changed.v1',
      'identity.roles.changed.v1',
      'identity.unit.changed.v1',
      'identity.unit.changed.v1',
    ]);
    const ida = (await h.personOf(roster.numbers['ida']!))!;
    const followed = told.filter(({ type }) => type === 'identity.person.followed.v1');
    expect(followed.map(({ data }) => data['reason'])).toEqual(['child', 'child']);
    expect(followed.map(({ subject }) => subject)).toContain(ida);
    expect(JSON.stringify(told)).not.toContain(roster.numbers['ida']);
    expect((await places(ida)).map((row) => ({ ...row }))).toEqual([
      { unit: 'school', from: '2024-08-01', to: '2026-08-01', groups: 0 },
      { unit: 'school', from: '2026-08-01', to: null, groups: 1 },
      { unit: 'sfo', from: '2026-08-01', to: null, groups: 0 },
    ]);
    const roles = await h.database.admin`select role, group_id is null as is_wide from staff_role order by 1`;
    expect(roles.map((row) => ({ ...row }))).toEqual([
      { role: 'CONTACT_TEACHER', is_wide: false },
      { role: 'LEADER', is_wide: true },
    ]);
    const [sfo] = await h.database.admin`
      select p.source_key as parent, u.kind from unit u join unit p on p.unit_id = u.parent_id where u.source_key = 'sfo'`;
    expect({ ...sfo }).toEqual({ parent: 'school', kind: 'AFTER_SCHOOL' });
  });

  test('gives nobody access by anything a roster says about guardians (GUA-02)', async () => {
    const roster = small();
    expect(rosterText(roster)).toContain('hasContactPerson');
    await run(roster);
    expect(await h.personOf('14838641262')).toBeUndefined();
    expect(await h.database.admin`select * from access_grant`).toEqual([]);
  });

  test('changes nothing and tells nothing when the same file comes again', async () => {
    const roster = small();
    await run(roster);
    const before = await contents();
    await h.told();
    expect(await run(roster)).toMatchObject({
      ok: true,
      value: { units: 0, persons: 0, children: 0, staff: 0 },
    });
    expect(await contents()).toBe(before);
    expect(await h.told()).toEqual([]);
    expect(await h.database.admin`select * from staged_person`).toEqual([]);
  });

  test('ends what is not in the file any more, dated, and takes nothing away', async () => {
    const roster = small();
    await run(roster);
    const per = (await h.personOf(roster.numbers['per']!))!;
    const teacher = (await h.personOf(roster.numbers['teacher']!))!;
    await h.told();
    const later: TestRoster = {
      ...roster,
      persons: roster.persons.filter(({ key }) => key !== 'per' && key !== 'teacher'),
      groups: roster.groups.filter(({ key }) => key !== 'sfo'),
      places: roster.places.filter(
        ({ person, target }) =>
          person !== 'per' && person !== 'teacher' && target !== 'sfo' && target !== '3A',
      ),
    };
    await run(later);
    expect(await places(per)).toMatchObject([{ unit: 'school', from: '2026-08-01', to: '2026-11-21' }]);
    const ida = (await h.personOf(roster.numbers['ida']!))!;
    expect(await places(ida)).toMatchObject([
      { unit: 'school', from: '2024-08-01', to: '2026-08-01', groups: 0 },
      { unit: 'school', from: '2026-08-01', to: '2026-11-21', groups: 1 },
      { unit: 'school', from: '2026-11-21', to: null, groups: 0 },
      { unit: 'sfo', to: '2026-11-21' },
    ]);
    const told = await h.told();
    expect(told).toContainEqual(
      expect.objectContaining({
        type: 'identity.roles.changed.v1',
        subject: teacher,
        data: expect.objectContaining({ revision: 2 }),
      }),
    );
    expect(told).toContainEqual(
      expect.objectContaining({
        type: 'identity.unit.changed.v1',
        data: expect.objectContaining({ kind: 'AFTER_SCHOOL', isActive: false, revision: 2 }),
      }),
    );
    const [login] = await h.database
      .admin`select is_current from staff_login where login = 'teacher@x.example'`;
    expect(login).toEqual({ is_current: false });
    await run(later);
    expect(await h.told()).toEqual([]);
  });

  test('leaves alone what another source’s roster says of the same child', async () => {
    const roster = small();
    await run(roster);
    const ida = (await h.personOf(roster.numbers['ida']!))!;
    const before = await places(ida);
    await h.told();
    await run({
      source: 'other@test.example',
      persons: [{ key: 'x', number: roster.numbers['ida']! }],
      groups: [
        { key: 'o', kind: 'owner', parent: 'o' },
        { key: 'nursery', kind: 'kindergarten', parent: 'o' },
      ],
      places: [{ person: 'x', target: 'nursery', role: '01', from: '2021-08-15', until: '2024-07-31' }],
    });
    expect(await places(ida)).toEqual([
      { unit: 'nursery', from: '2021-08-15', to: '2024-08-01', groups: 0 },
      ...before,
    ]);
    // A place that ended years ago tells nobody anything about access.
    const [fact] = (await h.told()).filter(({ type }) => type === 'identity.enrolments.changed.v1');
    expect(fact!.data['enrolments']).toHaveLength(before.length);
  });

  test('makes a child of somebody who was known as a guardian, and has them read once more', async () => {
    const [child, young] = [aNumber(), aNumber()];
    const childId = await h.child(child);
    await h.register({ number: child, birthDate: '2024-06-21', responsibilities: heldBy('mor', young) });
    const youngId = (await h.personOf(young))!;
    await h.told();
    const roster = small();
    await run({
      ...roster,
      persons: [...roster.persons, { key: 'young', number: young }],
      places: [...roster.places, { person: 'young', target: 'school', role: '01' }],
    });
    expect(await h.told()).toContainEqual(
      expect.objectContaining({
        type: 'identity.person.followed.v1',
        subject: youngId,
        data: expect.objectContaining({ reason: 'child' }),
      }),
    );
    await h.register({ number: young, birthDate: '2010-01-01' });
    expect(await h.active(childId)).toEqual([youngId]);
    expect(await h.openItems(youngId)).toEqual(['NO_RESPONSIBILITY']);
  });

  type Change = (roster: ReturnType<typeof small>) => string;
  const broken: [string, string, number | 'last', Change][] = [
    ['cut off in the middle', 'not-xml', 'last', (roster) => rosterText(roster).slice(0, -80)],
    [
      'with a tag that closes nothing',
      'not-xml',
      6,
      (roster) => rosterText(roster).replace('</userid><userid', '</wrong><userid'),
    ],
    [
      'of another standard',
      'not-a-roster',
      2,
      (roster) => rosterText(roster).replace('pifu-ims_sas-v1"', 'x"'),
    ],
    [
      'that declares entities',
      'not-a-roster',
      2,
      (roster) => rosterText(roster).replace('<enterprise', '<!DOCTYPE x [<!ENTITY a "b">]>\n<enterprise'),
    ],
    [
      'with changes before there is anything to change',
      'nothing-to-change-yet',
      3,
      (roster) => rosterText({ ...roster, type: 'delta', source: 'new@test.example' }),
    ],
    [
      'with a number of the other series',
      'number-not-accepted',
      4,
      (roster) => rosterText(roster).replace(roster.numbers['ida']!, aNumberOfTheOtherSeries()),
    ],
    [
      'with a number that is none',
      'number-not-accepted',
      5,
      (roster) => rosterText(roster).replace(roster.numbers['per']!, '12345678901'),
    ],
    [
      'with one number twice',
      'twice',
      5,
      (roster) => rosterText(roster).replace(roster.numbers['per']!, roster.numbers['ida']!),
    ],
    [
      'with a place for somebody it does not have',
      'unknown-person',
      24,
      (roster) =>
        rosterText({
          ...roster,
          places: [...roster.places, { person: 'nobody', target: 'sfo', role: '01' }],
        }),
    ],
    [
      'with a place nowhere',
      'unknown-target',
      29,
      (roster) =>
        rosterText({
          ...roster,
          places: [...roster.places, { person: 'ida', target: 'nowhere', role: '01' }],
        }),
    ],
    [
      'with a day that does not exist',
      'not-a-date',
      14,
      (roster) => rosterText(roster).replace('2027-06-20', '2027-02-30'),
    ],
  ];

  test.each(broken)(
    'refuses a file %s, says where, and changes nothing',
    async (_what, kind, line, change) => {
      const roster = small();
      await run(roster);
      const before = await contents();
      await h.told();
      const answer = await importRoster(h.deps, asFile(change(roster)), { mayEndMuch: false });
      expect(answer).toMatchObject({
        ok: false,
        refusal: { kind: 'faults', total: 1, faults: [{ kind, ...(line === 'last' ? {} : { line }) }] },
      });
      for (const number of Object.values(roster.numbers))
        expect(JSON.stringify(answer)).not.toContain(number);
      expect(await contents()).toBe(before);
      expect(await h.told()).toEqual([]);
      expect(await h.database.admin`select * from staged_person`).toEqual([]);
    },
  );

  test('refuses a file that would end a fifth of all places, unless it is said to be meant', async () => {
    const many = Array.from({ length: 60 }, (_one, at) => ({ key: `c${at}`, number: aNumber() }));
    const roster = small();
    await run({
      ...roster,
      persons: [...roster.persons, ...many],
      places: [...roster.places, ...many.map(({ key }) => ({ person: key, target: 'school', role: '01' }))],
    });
    expect(await run(roster)).toMatchObject({
      ok: false,
      refusal: { kind: 'ends-too-much', ending: 60, current: 62 },
    });
    expect(await run(roster, true)).toMatchObject({ ok: true, value: { children: 60 } });
  });

  test('goes on where it was when it is killed half-way, and tells everything once (S-21)', async () => {
    const many = Array.from({ length: 1_200 }, (_one, at) => ({
      key: `c${String(at).padStart(4, '0')}`,
      number: aNumber(),
    }));
    const roster = small();
    const whole: TestRoster = {
      ...roster,
      persons: [...roster.persons, ...many],
      places: [...roster.places, ...many.map(({ key }) => ({ person: key, target: 'school', role: '01' }))],
    };
    const file = rosterFile(whole);
    // An id for each person and one for each place: they run out in the middle of taking over.
    let left = 1_950;
    const dying = {
      ...h.deps,
      newId: () => {
        if ((left -= 1) < 0) throw new Error('killed');
        return h.deps.newId();
      },
    };
    await expect(importRoster(dying, file, { mayEndMuch: false })).rejects.toThrow('killed');
    const [row] = await h.database.admin`select phase, cursor from roster_import where state = 'APPLYING'`;
    expect(row).toMatchObject({ phase: 'persons', cursor: expect.stringMatching(/^c/) });
    expect(await importRoster(h.deps, file, { mayEndMuch: false })).toMatchObject({
      ok: true,
      value: { wasGoneOnWith: true },
    });
    const told = await h.told();
    const subjects = told
      .filter(({ type }) => type === 'identity.enrolments.changed.v1')
      .map(({ subject }) => subject);
    expect(subjects).toHaveLength(1_202);
    expect(new Set(subjects).size).toBe(1_202);
    expect(told.filter(({ type }) => type === 'identity.person.followed.v1')).toHaveLength(1_202);
  });

  test('puts a file that was never finished aside for the next one', async () => {
    const roster = small();
    const staged = await stage.stageRoster(h.deps, rosterFile(roster));
    expect(staged.ok).toBe(true);
    const other = small();
    expect(await run(other)).toMatchObject({ ok: true, value: { wasGoneOnWith: false, persons: 4 } });
    expect(await h.personOf(roster.numbers['ida']!)).toBeUndefined();
  });
});
