import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { atTablet, staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, mark, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld } from '../../test/world.ts';
import { erasePerson } from './erase-person.ts';
import type { UnitTrip } from '../domain/trip.ts';
import { keepSchoolYears } from './keep-school-years.ts';
import { callOffTrip, planTrip } from './plan-trip.ts';
import { readDayBoards } from './read-day-boards.ts';
import { readChildTrips, readUnitTrips } from './read-trips.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  // Today, in the database too.
  await world.database.admin.unsafe(
    `create or replace function access.today() returns date language sql stable parallel safe as $$ select date '${monday}' $$`,
  );
});
afterAll(() => world.close());

const trip: UnitTrip = {
  ...{ tripId: newId(), unitId: places.school, childIds: [children.ours, children.half] },
  ...{ staffIds: [people.teacher.personId, people.assistant.personId] },
  ...{ firstDay: monday, leavesAt: '09:30', lastDay: monday, returnsAt: '13:00' },
};
const plan = (who: Actor, given: Partial<UnitTrip> = {}, time = '08:00') =>
  planTrip(at(world.deps, time), who, { ...trip, ...given });
const boardAt = async (time: string, who: Actor = people.leader, tripId: string | null = null) => {
  const wanted = { unitId: places.school, day: monday, groupId: null, tripId, after: null, first: 100 };
  const [board] = await readDayBoards(at(world.deps, time), who, [wanted]);
  if (board === null || board === 'hidden' || board === undefined) throw new Error('no board');
  return board;
};
const rowAt = async (time: string, childId: string) =>
  (await boardAt(time)).rows.find((row) => row.childId === childId)!;
const stored = () =>
  world.database.admin`select child_id from trip where called_off_at is null order by child_id`;
const nobody: readonly (readonly [string, Actor])[] = [
  ...outsiders,
  ['the teacher, at a tablet', atTablet(people.teacher, places.school)],
  ['the office', people.office],
];

/** What must hold with both locks, and with the policy alone. */
async function refused(actor: Actor): Promise<void> {
  await expect(plan(actor)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' });
  await expect(callOffTrip(world.deps, actor, trip.tripId, null)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
}
async function hides(): Promise<void> {
  const others = [
    people.teacherOfB,
    people.stranger,
    people.otherLeader,
    people.afterSchool,
    staff(people.mother.personId),
  ];
  for (const actor of others) {
    const found = await readUnitTrips(world.deps, actor, places.school, monday);
    expect(found ?? []).toEqual([]);
    expect(await readChildTrips(world.deps, actor, [children.ours])).toEqual([null]);
  }
}

describe('a trip is not (T27)', () => {
  test.each(nobody)('for %s to plan or to call off (S-06)', (_who, actor) => refused(actor));

  test.each([
    ['another group’s child', { childIds: [children.ours, children.theirs] }],
    ['a protected child, for whom one is not named (ADR-10)', { childIds: [children.hidden] }],
    ['a child that there is not', { childIds: [newId()] }],
    ['staff of another unit', { staffIds: [people.afterSchool.personId] }],
  ])('to be planned with %s', async (_what, given) => {
    await expect(plan(people.assistant, given)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('over before it begins', async () => {
    expect(await plan(people.teacher, { returnsAt: '09:00' })).toMatchObject({
      refusal: { kind: 'trip-times-wrong' },
    });
    expect(await stored()).toEqual([]);
  });

  test('longer than a class trip, and nobody counts the days of one until the end of time', async () => {
    const given = { lastDay: '9999-12-31' };
    expect(await plan(people.teacher, given)).toMatchObject({ refusal: { kind: 'trip-times-wrong' } });
    await expect(plan(people.mother, given)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a trip that is planned', () => {
  beforeAll(async () => {
    await mark(world, [aMark(children.ours), aMark(children.half)], { time: '08:45' });
    const report = { childId: children.masked, unitId: places.school, day: monday, cause: 'SICK' as const };
    await reportOne(at(world.deps, '07:00'), people.leader, { ...report, idempotencyKey: newId() });
  });

  test('once is planned, and others may come along, whoever of those who mark them adds them (S-22)', async () => {
    const childIds = [children.half, children.masked, children.hidden];
    for (const some of [childIds.slice(0, 2), childIds, childIds])
      expect(await plan(people.teacher, { childIds: some })).toMatchObject({
        value: { childIds: some.toSorted(), staffIds: trip.staffIds.toSorted() },
      });
    await plan(people.assistant, { childIds: [children.ours] });
  });

  test.each([
    ['at another time', people.assistant, { leavesAt: '09:31', childIds: [children.ours] }],
    [
      'at another time, by whoever sees none of its children',
      people.teacherOfB,
      { returnsAt: '13:01', childIds: [children.theirs] },
    ],
    [
      'from another unit',
      people.kindergartenStaff,
      { unitId: places.kindergarten, childIds: [children.small], staffIds: [] },
    ],
  ] as const)('is not planned again %s (S-22)', async (_what, who, given) => {
    await expect(plan(who, given)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await stored()).toHaveLength(4);
  });

  test('has its children elsewhere for as long as it lasts; whoever does not come along stays, and it ends by itself', async () => {
    expect(await stored()).toHaveLength(4);
    expect(await rowAt('09:00', children.ours)).toMatchObject({ state: 'PRESENT', isHere: true, trip: null });
    expect(await rowAt('10:00', children.ours)).toMatchObject({
      ...{ state: 'ELSEWHERE', isHere: false, trip: { tripId: trip.tripId } },
      slots: [{ state: 'ELSEWHERE' }],
    });
    expect(await rowAt('10:00', children.theirs)).toMatchObject({ state: 'NOT_YET_KNOWN', trip: null });
    expect(await rowAt('10:00', children.masked)).toMatchObject({ state: 'ABSENT_REPORTED' });
    // Not seen that day before it left: with the others while it lasts, and looked for once it is over.
    expect(await rowAt('10:00', children.hidden)).toMatchObject({ state: 'ELSEWHERE' });
    expect(await rowAt('13:00', children.hidden)).toMatchObject({ state: 'NOT_YET_KNOWN' });
    expect(await rowAt('13:00', children.ours)).toMatchObject({ state: 'PRESENT', isHere: true });
  });

  test('has a roll call of its own, at a tablet too, and staff’s mark wins over it (ABS-03)', async () => {
    const roll = await boardAt('10:00', atTablet(people.assistant, places.school), trip.tripId);
    expect(roll.rows.map(({ childId }) => childId).toSorted()).toEqual(
      [children.ours, children.half, children.masked].toSorted(),
    );
    const { slots } = await rowAt('10:00', children.half);
    const stayed = { knew: slots[0]!.mark!.id, markedAt: at(world.deps, '09:50').now() };
    await mark(world, [aMark(children.half, stayed)], { time: '10:00' });
    expect(await rowAt('10:01', children.half)).toMatchObject({ state: 'PRESENT', isHere: true });
  });

  test('is shown to staff with those in their charge, and to home with nothing but when (ADR-04)', async () => {
    const seenBy = async (who: Actor) => {
      const found = await readUnitTrips(world.deps, who, places.school, monday);
      return found === null || found === 'hidden' ? found : found.map(({ childIds }) => childIds.length);
    };
    expect([await seenBy(people.teacher), await seenBy(people.assistant)]).toEqual([[4], [3]]);
    expect((await readUnitTrips(world.deps, people.teacher, places.school, monday))?.[0]).toMatchObject({
      staffIds: [people.teacher.personId, people.assistant.personId].toSorted(),
    });
    const [own] = await readChildTrips(at(world.deps, '08:00'), people.mother, [children.ours]);
    expect(own).toEqual([
      {
        ...{ tripId: trip.tripId, childId: children.ours, unitId: places.school },
        ...{ firstDay: monday, leavesAt: '09:30', lastDay: monday, returnsAt: '13:00' },
      },
    ]);
    await hides();
  });

  test('is called off for some, and leaves nothing of whoever is erased (RET-08)', async () => {
    const off = await callOffTrip(at(world.deps, '09:00'), people.assistant, trip.tripId, [
      children.ours,
      children.hidden,
    ]);
    expect(off).toMatchObject({ value: [{ childId: children.ours }] });
    const again = [children.ours];
    expect(await callOffTrip(at(world.deps, '09:00'), people.assistant, trip.tripId, again)).toMatchObject({
      ok: true,
    });
    // What was sent late puts nobody back.
    expect(await plan(people.assistant, { childIds: again })).toMatchObject({ value: { childIds: [] } });
    expect(await rowAt('10:00', children.ours)).toMatchObject({ state: 'PRESENT', isHere: true });
    await world.deps.db.asService(async (tx) => {
      await erasePerson(tx, children.ours);
      await erasePerson(tx, people.teacher.personId);
    });
    const { admin } = world.database;
    expect(
      await admin`select from trip where child_id = ${children.ours} or planned_by = ${people.teacher.personId}`,
    ).toEqual([]);
    expect(await admin`select person_id from trip_staff`).toEqual([{ person_id: people.assistant.personId }]);
  });
});

describe('each lock alone (S-12)', () => {
  const insert = (childId: string, by: string) => sql`
    insert into trip (trip_id, child_id, unit_id, first_day, leaves_at, last_day, returns_at, planned_by)
    values (${newId()}, ${childId}, ${places.school}, ${addDays(monday, 7)}, '09:00', ${addDays(monday, 7)}, '12:00', ${by})`;

  test.each([...nobody, ['a teacher of another group', people.teacherOfB]] as const)(
    'row-level security takes no trip from %s and shows none',
    async (_who, actor) => {
      const as = 'personId' in actor ? actor.personId : newId();
      await expect(
        lookAs(world.deps.db, actor, (tx) => tx.execute(insert(children.half, as))),
      ).rejects.toMatchObject({ cause: { code: '42501' } });
      const seen = await lookAs(world.deps.db, actor, (tx) =>
        tx.execute(
          sql`update trip set called_off_at = now() where child_id = ${children.half} returning trip_id`,
        ),
      );
      expect(seen).toEqual([]);
    },
  );

  test('row-level security shows who of the staff goes along to whoever has a child on the trip in their charge, and at a tablet today’s trips alone', async () => {
    const tomorrow = { firstDay: addDays(monday, 1), lastDay: addDays(monday, 1), tripId: newId() };
    await plan(people.assistant, {
      ...tomorrow,
      childIds: [children.half],
      staffIds: [people.assistant.personId],
    });
    const count = async (actor: Actor, table: string) =>
      (
        await lookAs(world.deps.db, actor, (tx) =>
          tx.execute(sql`select distinct trip_id from ${sql.raw(table)}`),
        )
      ).length;
    const tablet = atTablet(people.assistant, places.school);
    expect([await count(people.assistant, 'trip'), await count(people.assistant, 'trip_staff')]).toEqual([
      2, 2,
    ]);
    expect([await count(tablet, 'trip'), await count(tablet, 'trip_staff')]).toEqual([1, 0]);
    for (const other of [people.mother, people.teacherOfB, people.otherLeader, people.afterSchool])
      expect(await count(other, 'trip_staff')).toBe(0);
    const along = sql`insert into trip_staff (trip_id, unit_id, person_id) values (${tomorrow.tripId}, ${places.school}, ${newId()})`;
    await expect(lookAs(world.deps.db, people.teacherOfB, (tx) => tx.execute(along))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });

  test('the policy refuses and hides, with row-level security off', async () => {
    const tables = await world.database.admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relrowsecurity`;
    for (const { name } of tables)
      await world.database.admin.unsafe(`alter table ${name} disable row level security`);
    for (const [, actor] of nobody) await refused(actor);
    await hides();
  });

  test('a year after it was over nothing is left of it (RET-01)', async () => {
    await keepSchoolYears(at(world.deps, '01:00', addDays(monday, 400)));
    const { admin } = world.database;
    expect([await admin`select from trip`, await admin`select from trip_staff`]).toEqual([[], []]);
  });
});
