import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import { type TestRoster, asFile, rosterFile, rosterText } from '../testing/roster.ts';
import { importRoster, showRoster } from './import-roster.ts';

let h: Harness;
beforeAll(async () => void (h = await harness()));
afterAll(() => h.close());

const sound = (): TestRoster => ({
  persons: [
    { key: 'ida', number: aNumber() },
    { key: 'per', number: aNumber() },
  ],
  groups: [
    { key: 'owner', kind: 'owner', parent: 'owner' },
    { key: 'school', kind: 'school', parent: 'owner' },
    { key: '3A', kind: 'basis', parent: 'school' },
  ],
  places: [
    { person: 'ida', target: 'school', role: '01' },
    { person: 'ida', target: '3A', role: '01' },
  ],
});
const faultsOf = async (roster: TestRoster | string) => {
  const file = typeof roster === 'string' ? asFile(roster) : rosterFile(roster);
  const result = await importRoster(h.deps, file, { mayEndMuch: false });
  if (result.ok || result.refusal.kind !== 'faults') throw new Error(JSON.stringify(result));
  return result.refusal;
};
const told = ({ faults }: Awaited<ReturnType<typeof faultsOf>>) =>
  faults.map(({ line, kind, what }) => `${line} ${kind} ${what}`);
const isUntouched = async () => {
  for (const table of [
    'person',
    'unit',
    'child_group',
    'enrolment',
    'staff_role',
    'roster_place',
    'staged_person',
  ])
    expect(await h.database.admin.unsafe(`select 1 from ${table}`)).toHaveLength(0);
  expect(await h.told()).toEqual([]);
};

describe('a roster with faults', () => {
  test('is refused whole, with the reason of every line, and changes nothing', async () => {
    const roster = sound();
    const refusal = await faultsOf({
      persons: [
        ...roster.persons,
        { key: 'per', number: aNumber() },
        { key: 'anna', number: roster.persons[0]!.number! },
        { key: 'other', number: aNumberOfTheOtherSeries() },
        { key: 'none', number: '12345678901' },
      ],
      groups: [
        ...roster.groups,
        { key: '3B', kind: 'basis', parent: 'nowhere' },
        { key: 'loop-1', kind: 'teaching', parent: 'loop-2' },
        { key: 'loop-2', kind: 'teaching', parent: 'loop-1' },
      ],
      places: [
        ...roster.places,
        { person: 'nobody', target: 'school', role: '01' },
        { person: 'none', target: 'school', role: '01' },
        { person: 'per', target: 'nothing', role: '01' },
        { person: 'per', target: '3A', role: '01', from: '2026-08-01', until: '2026-10-01' },
        { person: 'per', target: '3A', role: '01', from: '2026-09-01' },
      ],
    });
    expect(told(refusal).toSorted()).toEqual(
      [
        '6 twice person',
        '7 twice person',
        '8 number-not-accepted of-the-other-series',
        '9 number-not-accepted not-a-number',
        '13 unknown-parent sourcedid/id',
        '14 contradicts relationship',
        '15 contradicts relationship',
        '18 unknown-person sourcedid/id',
        '23 contradicts role',
        '24 contradicts role',
        '27 unknown-target sourcedid/id',
      ].toSorted(),
    );
    expect(refusal.total).toBe(11);
    await isUntouched();
  });

  test('lists the first five hundred and counts the others', async () => {
    const roster = sound();
    const places = Array.from({ length: 1_300 }, () => ({ person: 'x', target: 'school', role: '01' }));
    const { total, faults } = await faultsOf({ ...roster, places });
    expect([total, faults.length]).toEqual([1_300, 500]);
    await isUntouched();
  });

  test('is read on after a head that says nothing, for what else is wrong', async () => {
    const text = rosterText({
      ...sound(),
      places: [{ person: 'x', target: 'school', role: '01' }],
    }).replace('<type>full</type>', '');
    expect(told(await faultsOf(text))).toEqual(['3 missing type', '10 unknown-person sourcedid/id']);
    await isUntouched();
  });

  test('says two people on one line are one too many', async () => {
    const text = rosterText({ ...sound(), persons: [{ key: 'ida' }, { key: 'ida' }] }).replaceAll('\n', ' ');
    expect(told(await faultsOf(text))).toEqual(['1 twice person']);
  });

  test('names a key that is both old and new', async () => {
    const { persons, ...rest } = sound();
    expect(
      told(
        await faultsOf({ ...rest, persons: [...persons, { key: 'new', former: 'ida', number: aNumber() }] }),
      ),
    ).toEqual(['4 contradicts sourcedid']);
  });

  test('is refused the same way when it is only to be shown', async () => {
    const result = await showRoster(h.deps, asFile('<a/>'));
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'faults', total: 1 } });
    await isUntouched();
  });
});

describe('a roster of another time', () => {
  test('is refused when it was written before what is known, or will be written tomorrow (S-24)', async () => {
    const source = 'clock@test.example';
    const roster = { ...sound(), source };
    expect(await importRoster(h.deps, rosterFile(roster), { mayEndMuch: false })).toMatchObject({ ok: true });
    expect(told(await faultsOf({ ...roster, writtenAt: '2026-11-20T08:00:00' }))).toEqual([
      '3 older-than-known properties/datetime',
    ]);
    expect(told(await faultsOf({ ...roster, writtenAt: '2026-11-29T08:00:00' }))).toEqual([
      '3 not-a-date properties/datetime',
    ]);
  });
});
