import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestPlace, type TestRoster, rosterFile } from '../testing/roster.ts';
import { importRoster, showRoster } from './import-roster.ts';
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

const numbers = { head: aNumber(), clerk: aNumber(), ict: aNumber(), teacher: aNumber() };
const roster = (places: readonly TestPlace[], source = 'sas@test.example'): TestRoster => ({
  source,
  persons: Object.entries(numbers).map(([key, number]) => ({ key, number, feide: `${key}@x.example` })),
  groups: [
    { key: 'owner', kind: 'owner', parent: 'owner' },
    { key: 'school', kind: 'school', parent: 'owner' },
  ],
  places,
});
const atOwner: readonly TestPlace[] = [
  { person: 'head', target: 'owner', role: '05', from: '2024-08-01' },
  { person: 'clerk', target: 'owner', role: '07', from: '2026-08-01', until: '2026-12-31' },
  { person: 'ict', target: 'owner', role: '07', subrole: 'iktansvarlig' },
  { person: 'teacher', target: 'owner', role: '02' },
];
const run = async (one: TestRoster) => {
  const result = await importRoster(h.deps, rosterFile(one), { mayEndMuch: false });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};
const roles = async () => {
  const rows = await h.database.admin<{ role: string }[]>`
    select role || ' ' || from_day || ' ' || coalesce(to_day::text, 'on') || ' ' || source as role
    from municipal_role order by 1`;
  return rows.map(({ role }) => role);
};
const given = ['CASE_WORKER 2026-08-01 2027-01-01 roster', 'MUNICIPAL_ADMINISTRATOR 2024-08-01 on roster'];

describe('a roster’s posts at the owner of schools and kindergartens', () => {
  test('are roles in the municipality, dated, where there is a word for them, and none on doubt', async () => {
    expect(await run(roster(atOwner))).toMatchObject({ staff: 2 });
    expect(await roles()).toEqual(given);
    expect(await h.database.admin`select 1 from staff_role`).toHaveLength(0);
    const may = async (login: string) => (await signInStaff(h.deps, `${login}@x.example`)).ok;
    expect([await may('head'), await may('clerk'), await may('ict'), await may('teacher')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('change nothing when they come again, and end when they do not', async () => {
    await run(roster(atOwner));
    expect(await h.told()).toContainEqual(
      expect.objectContaining({
        type: 'identity.roles.changed.v1',
        subject: await h.personOf(numbers.head),
        data: expect.objectContaining({
          roles: [],
          municipalRoles: [expect.objectContaining({ role: 'MUNICIPAL_ADMINISTRATOR', to: null })],
        }),
      }),
    );
    expect(await run(roster(atOwner))).toMatchObject({ staff: 0 });
    expect(await h.told()).toEqual([]);
    expect(await run(roster(atOwner.slice(1)))).toMatchObject({ staff: 1 });
    expect(await roles()).toEqual([given[0], 'MUNICIPAL_ADMINISTRATOR 2024-08-01 2026-11-21 roster']);
    expect(await h.told()).toEqual([
      expect.objectContaining({ type: 'identity.safeguard.kept.v1' }),
      // Every copy knows what is nobody's ground for a child, so that a concern finds its way past a leader (SKM-04).
      expect.objectContaining({
        type: 'identity.roles.changed.v1',
        subject: await h.personOf(numbers.head),
        data: expect.objectContaining({
          roles: [],
          municipalRoles: [expect.objectContaining({ to: '2026-11-21' })],
        }),
      }),
      expect.objectContaining({
        type: 'identity.roles.ended.v1',
        subject: await h.personOf(numbers.head),
      }),
    ]);
    const { persons, ...rest } = roster([]);
    await run({ ...rest, persons: persons.filter(({ key }) => key !== 'clerk') });
    expect((await roles())[0]).toBe('CASE_WORKER 2026-08-01 2026-11-21 roster');
  });

  test('are left alone by another source’s roster', async () => {
    await run(roster(atOwner));
    await run({ ...roster([], 'other@test.example'), persons: [] });
    expect(await roles()).toEqual(given);
  });

  test('are not given again once somebody here has ended them', async () => {
    await run(roster(atOwner));
    const head = (await h.personOf(numbers.head))!;
    await h.database.admin`
      update municipal_role set to_day = date '2026-11-21', ended_by = ${head} where role = 'MUNICIPAL_ADMINISTRATOR'`;
    await h.told();
    expect(await run(roster(atOwner))).toMatchObject({ staff: 0 });
    expect((await roles())[1]).toBe('MUNICIPAL_ADMINISTRATOR 2024-08-01 2026-11-21 roster');
    expect(await h.told()).toEqual([]);
  });

  test('are told in the difference, by key and id', async () => {
    await run(roster(atOwner.slice(1)));
    const shown = await showRoster(h.deps, rosterFile(roster(atOwner.slice(0, 1))));
    const [head, clerk] = await Promise.all(
      [numbers.head, numbers.clerk].map((number) => h.personOf(number)),
    );
    expect(shown).toMatchObject({
      value: {
        counts: { roles: { begin: 1, end: 1 } },
        municipality: [
          { key: 'clerk', id: clerk, change: 'ENDS', role: 'CASE_WORKER', group: null, on: '2026-11-21' },
          { key: 'head', id: head, change: 'BEGINS', role: 'MUNICIPAL_ADMINISTRATOR', on: '2024-08-01' },
        ],
      },
    });
  });
});
