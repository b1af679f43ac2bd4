import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { atTablet, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import { erasePerson } from './erase-person.ts';
import { keepSchoolYears } from './keep-school-years.ts';
import { type WantedPresence, setStaffPresence } from './set-staff-presence.ts';

let world: World;
const both = staff();
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.identity.roles(both.personId, [
    { role: 'ASSISTANT', unitId: places.school },
    { role: 'AFTER_SCHOOL', unitId: places.afterSchool },
  ]);
  await world.settled();
  // Today, in the database too.
  await world.database.admin.unsafe(
    `create or replace function access.today() returns date language sql stable parallel safe as $$ select date '${monday}' $$`,
  );
  await mark(
    world,
    [children.ours, children.half, children.hidden].map((childId) => aMark(childId)),
  );
});
afterAll(() => world.close());

const say = (who: Actor, given: Partial<WantedPresence> = {}) =>
  setStaffPresence(at(world.deps, '09:00'), who, {
    ...{ unitId: places.school, isHere: true, groupId: null },
    ...given,
  });
const seenBy = async (who: Actor, given = {}) => {
  const board = await boardOf(world, who, given);
  if (board === null || board === 'hidden') throw new Error('no board');
  return board.staffing;
};
const stored = () => world.database.admin<{ person_id: string }[]>`select person_id from staff_presence`;
const nobody: readonly (readonly [string, Actor])[] = [
  ...outsiders,
  ['the office, which is with no children', people.office],
  ['after-school staff, at a tablet of the school', atTablet(people.afterSchool, places.school)],
  ['a teacher, at a tablet of another unit', atTablet(people.teacher, places.afterSchool)],
];
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };

/** What must hold with both locks, and with the policy alone. */
async function refusesGroupsOfOthers(): Promise<void> {
  for (const [who, groupId] of [
    [people.teacher, places.groupB],
    [atTablet(people.teacher, places.school), places.groupB],
    [people.leader, newId()],
    [both, places.afterSchoolGroup],
  ] as const)
    await expect(say(who, { groupId })).rejects.toMatchObject(notFound);
}

describe('to be with children is not (T26)', () => {
  test.each(nobody)('for %s to say (S-06)', async (_who, actor) => {
    await expect(say(actor)).rejects.toMatchObject(notFound);
    expect(await stored()).toEqual([]);
  });
  test('to be said of a group of others', refusesGroupsOfOthers);
});

describe('staff beside children (T26)', () => {
  test('are on the board in numbers, of what each viewer has in their charge, a protected child for those who are named (ADR-10)', async () => {
    await say(people.leader);
    await say(people.leader);
    await say(people.teacher, { groupId: places.groupA });
    await say(atTablet(people.assistant, places.school), { groupId: places.groupA });
    await say(people.teacherOfB, { groupId: places.groupB });
    const [groupA, groupB] = [
      { groupId: places.groupA, staff: 2, children: 3 },
      { groupId: places.groupB, staff: 1, children: 0 },
    ];
    expect(await seenBy(people.leader)).toEqual({
      ...{ staff: 4, children: 3, own: { personId: people.leader.personId, groupId: null } },
      groups: [groupA, groupB].toSorted((one, other) => (one.groupId < other.groupId ? -1 : 1)),
    });
    expect(await seenBy(people.office, { groupId: places.groupA })).toMatchObject({
      ...{ staff: 2, children: 2, own: null, groups: [{ ...groupA, children: 2 }] },
    });
    expect(await seenBy(atTablet(people.assistant, places.school))).toMatchObject({
      ...{ staff: 2, children: 2, groups: [{ ...groupA, children: 2 }] },
      own: { groupId: places.groupA },
    });
    expect(await seenBy(people.teacherOfB, { groupId: places.groupA })).toMatchObject({
      staff: 0,
      children: 0,
    });
    expect(await seenBy(people.leader, { day: addDays(monday, 1) })).toBeNull();
    const [told] = await world.database.admin<{ data: { watchers: string[]; day: string } }[]>`
      select data from outbox where type = 'attendance.day.changed.v1' order by event_id desc limit 1`;
    expect(told!.data).toMatchObject({
      day: monday,
      watchers: expect.arrayContaining([people.office.personId]),
    });
  });

  test('are at one unit at a time, and gone when they say so', async () => {
    await say(both);
    await say(atTablet(both, places.afterSchool), { unitId: places.afterSchool });
    expect(await seenBy(people.leader)).toMatchObject({ staff: 4 });
    expect(await seenBy(people.afterSchool, { unitId: places.afterSchool })).toMatchObject({ staff: 1 });
    for (const _again of [1, 2]) await say(both, { unitId: places.afterSchool, isHere: false });
    expect(await seenBy(people.afterSchool, { unitId: places.afterSchool })).toMatchObject({ staff: 0 });
    expect(await stored()).toHaveLength(4);
  });

  test('are at one unit, however close together they come to two, and leave one where absence is stopped (S-22)', async () => {
    const come = [{}, { unitId: places.afterSchool }].flatMap((given) => [given, given, given]);
    await Promise.all(come.map((given) => say(both, given)));
    expect((await stored()).filter(({ person_id }) => person_id === both.personId)).toHaveLength(1);
    await say(both);
    const feature = { feature: 'ABSENCE', state: 'CLOSED', isReadable: false } as const;
    await world.identity.features(places.school, [feature]);
    await world.settled();
    await say(both, { unitId: places.afterSchool });
    expect(await seenBy(people.afterSchool, { unitId: places.afterSchool })).toMatchObject({ staff: 1 });
    await say(both, { unitId: places.afterSchool, isHere: false });
    await world.identity.features(places.school, [{ ...feature, state: 'OPEN', isReadable: true }]);
    await world.settled();
  });

  test('say nothing where absence is stopped (X07, D02)', async () => {
    const tell = async (state: 'OPEN' | 'SUSPENDED') => {
      await world.identity.features(places.school, [{ feature: 'ABSENCE', state, isReadable: true }]);
      await world.settled();
    };
    await tell('SUSPENDED');
    expect(await say(both)).toMatchObject({ refusal: { kind: 'feature-closed' } });
    const by = (what: string) => lookAs(world.deps.db, people.leader, (tx) => tx.execute(sql.raw(what)));
    await expect(by(`update staff_presence set group_id = '${places.groupA}'`)).rejects.toMatchObject(barred);
    await by('delete from staff_presence');
    await tell('OPEN');
    expect(await stored()).toHaveLength(4);
  });
});

const barred = { cause: { code: '42501' } };

describe('each lock alone (S-12)', () => {
  const insert = (
    who: string,
    { unitId = places.school, groupId = null as string | null, day = monday } = {},
  ) => sql`
    insert into staff_presence (person_id, unit_id, group_id, day) values (${who}, ${unitId}, ${groupId}, ${day})`;

  test.each(nobody)(
    'row-level security takes nothing from %s, nor shows them more than themselves',
    async (_who, actor) => {
      const who = 'personId' in actor ? actor.personId : newId();
      await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert(who)))).rejects.toMatchObject(
        barred,
      );
      const sees = actor === people.office || (actor.kind === 'tablet' && actor.unitId === places.school);
      const seen = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select from staff_presence where person_id <> ${who}`),
      );
      expect(seen).toHaveLength(sees ? 4 : 0);
    },
  );

  test('row-level security takes nobody’s word for another, for a group of others, or for another day', async () => {
    const as = (who: Actor, what: ReturnType<typeof insert>) =>
      expect(lookAs(world.deps.db, who, (tx) => tx.execute(what))).rejects.toMatchObject(barred);
    const own = both.personId;
    await as(both, insert(people.assistant.personId));
    await as(both, insert(own, { groupId: places.afterSchoolGroup }));
    await as(both, insert(own, { day: addDays(monday, -1) }));
    await as(atTablet(both, places.school), insert(own, { unitId: places.afterSchool }));
    const gone = await lookAs(world.deps.db, people.assistant, (tx) =>
      tx.execute(sql`delete from staff_presence returning person_id`),
    );
    expect(gone).toEqual([{ person_id: people.assistant.personId }]);
  });

  test('nothing is left of whoever is erased, nor of anybody at midnight (RET-08)', async () => {
    await world.deps.db.asService((tx) => erasePerson(tx, people.teacher.personId));
    expect(await stored()).toHaveLength(2);
    await keepSchoolYears(at(world.deps, '23:59'));
    expect(await stored()).toHaveLength(2);
    await keepSchoolYears(at(world.deps, '00:00', addDays(monday, 1)));
    expect(await stored()).toEqual([]);
  });

  test('the policy refuses, with row-level security off', async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relrowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
    for (const [, actor] of nobody) await expect(say(actor)).rejects.toMatchObject(notFound);
    await refusesGroupsOfOthers();
    expect(await stored()).toEqual([]);
  });
});
