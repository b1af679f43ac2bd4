import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, harness, heldBy } from '../testing/harness.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestPerson, type TestRoster, rosterFile } from '../testing/roster.ts';
import { deriveFamilies } from './derive-families.ts';
import { importRoster } from './import-roster.ts';

let h: Harness;
const open: Harness[] = [];
beforeEach(async () => {
  h = await harness();
  open.push(h);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const roster = (ida: Partial<TestPerson>, more: Partial<TestRoster> = {}): TestRoster => ({
  persons: [
    { key: 'ida', ...ida },
    { key: 'helper', feide: 'helper@x.example' },
  ],
  groups: [
    { key: 'owner', kind: 'owner', parent: 'owner' },
    { key: 'school', kind: 'school', parent: 'owner' },
    { key: '3A', kind: 'basis', parent: 'school' },
  ],
  places: [
    { person: ida.key ?? 'ida', target: 'school', role: '01' },
    { person: ida.key ?? 'ida', target: '3A', role: '01' },
    { person: 'helper', target: '3A', role: '08' },
  ],
  ...more,
});
const run = async (one: TestRoster) => {
  const result = await importRoster(h.deps, rosterFile(one), { mayEndMuch: false });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};
const childrenOf = async (unit: string) => {
  const rows = await h.database.admin<{ child_id: string }[]>`
    select distinct child_id from enrolment join unit u using (unit_id)
    where u.source_key = ${unit} and (to_day is null or to_day > date '2026-11-21')`;
  return rows.map(({ child_id }) => child_id);
};
const types = async () => (await h.told()).map(({ type }) => type.replace('identity.', ''));

describe('somebody without a national number', () => {
  test('is taken in, known by the source’s key, and opens to nobody: staff look at it (GUA-05)', async () => {
    expect(await run(roster({}))).toMatchObject({ persons: 2, children: 1, staff: 1 });
    const [ida] = await childrenOf('school');
    expect(await h.openItems(ida!)).toEqual(['NUMBER_MISSING']);
    expect(await h.active(ida!)).toEqual([]);
    expect(await types()).not.toContain('person.followed.v1');
    const [person] = await h.database.admin`
      select is_child, followed_as from person where person_id = ${ida!}`;
    expect(person).toEqual({ is_child: true, followed_as: null });
    const roles = await h.database.admin`select role from staff_role`;
    expect(roles.map((row) => ({ ...row }))).toEqual([{ role: 'ASSISTANT' }]);
  });

  test('is the same one in the next file, and in one that has another key for them', async () => {
    await run(roster({}));
    const before = await childrenOf('school');
    await h.told();
    expect(await run(roster({}))).toMatchObject({ persons: 0, children: 0, staff: 0 });
    expect(await run(roster({ key: 'ida-2', former: 'ida' }))).toMatchObject({ persons: 0, children: 0 });
    expect(await run(roster({ key: 'ida-2' }))).toMatchObject({ persons: 0, children: 0 });
    expect(await childrenOf('school')).toEqual(before);
    expect(await h.told()).toEqual([]);
  });

  test('is another one under another key', async () => {
    await run(roster({}));
    const before = await childrenOf('school');
    await run(roster({ key: 'other' }));
    expect(await childrenOf('school')).not.toEqual(before);
  });

  test('is followed, and the item closed, when a file names the number', async () => {
    await run(roster({}));
    const [ida] = await childrenOf('school');
    await h.told();
    const [number, mother] = [aNumber(), aNumber()];
    await run(roster({ number }));
    expect(await childrenOf('school')).toEqual([ida]);
    expect(await h.personOf(number)).toBe(ida);
    expect(await types()).toEqual(['person.followed.v1']);
    expect(await h.openItems(ida!)).toEqual([]);
    await h.register({ number, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) });
    await h.register({ number: mother });
    expect(await h.active(ida!)).toEqual([await h.personOf(mother)]);
    // A later file that leaves the number out takes nothing away.
    await h.told();
    expect(await run(roster({}))).toMatchObject({ persons: 0, children: 0 });
    expect(await h.told()).toEqual([]);
    expect(await h.openItems(ida!)).toEqual([]);
  });

  test('turns out to be somebody who is known by their number, and becomes that one (FREG-09)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const known = await h.child(number);
    await h.register({ number, birthDate: '2018-06-21', responsibilities: heldBy('mor', mother) });
    await h.register({ number: mother });
    await run(roster({}));
    const [unnumbered] = await childrenOf('school');
    expect(unnumbered).not.toBe(known);
    await run(roster({ number }));
    expect(await childrenOf('school')).toEqual([known]);
    const [merged] = await h.database.admin`
      select merged_into from person where person_id = ${unnumbered!}`;
    expect(merged).toEqual({ merged_into: known });
    expect(await h.openItems(unnumbered!)).toEqual([]);
    expect(await h.active(known)).toEqual([await h.personOf(mother)]);
    await h.told();
    expect(await run(roster({ number }))).toMatchObject({ persons: 0, children: 0 });
    expect(await h.told()).toEqual([]);
  });

  test('whose key once was somebody else’s with a number is not that one', async () => {
    const [first, second] = [aNumber(), aNumber()];
    await run(roster({ number: first }));
    const one = await h.personOf(first);
    await run(roster({ number: second }));
    expect(await h.personOf(second)).not.toBe(one);
    expect(await childrenOf('school')).toEqual([await h.personOf(second)]);
  });

  test('keeps the item whatever else is worked out for the child, until staff close it for good', async () => {
    await run(roster({}));
    const [ida] = await childrenOf('school');
    await h.deps.db.asService((tx) => deriveFamilies({ ...h.deps, db: tx }, [ida!], 'timer'));
    expect(await h.openItems(ida!)).toEqual(['NUMBER_MISSING']);
    await h.database.admin`update work_item set closed_at = now(), closed_by = 'somebody'`;
    await run(roster({}));
    expect(await h.openItems(ida!)).toEqual([]);
  });
});

describe('somebody whom nobody has a case for', () => {
  test('gets no id: contact persons, and people with no post that we know', async () => {
    const number = aNumber();
    await run(
      roster(
        { number: aNumber() },
        {
          persons: [{ key: 'ida', number: aNumber() }, { key: 'mother', number }, { key: 'nurse' }],
          places: [
            { person: 'ida', target: 'school', role: '01' },
            { person: 'nurse', target: 'school', role: '04', subrole: 'skolehelsetjeneste' },
          ],
        },
      ),
    );
    expect(await h.personOf(number)).toBeUndefined();
    expect(await h.database.admin`select 1 from person`).toHaveLength(1);
    expect(await h.database.admin`select 1 from roster_person`).toHaveLength(1);
  });
});
