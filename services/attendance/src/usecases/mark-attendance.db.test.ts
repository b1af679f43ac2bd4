import { newId } from '@ranselpost/kit/ids';
import { addDays, instantOf, weekdayOf } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { aMark, at, boardOf, mark, monday, schoolDayBefore, tellFamilies } from '../../test/register.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { WantedMark } from '../domain/mark.ts';
import * as marks from '../store/marks.ts';
import { closeForgottenDays } from './close-forgotten-days.ts';
import { erasePerson } from './erase-person.ts';
import { markAttendance } from './mark-attendance.ts';
import { setTimetable } from './set-timetable.ts';

let world: World;
let first: Lesson;
let second: Lesson;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  const result = await setTimetable(at(world.deps, '07:00'), people.leader, {
    ...{ unitId: places.school, groupId: places.groupA, from: addDays(monday, -0) },
    lessons: [
      { weekday: 1, starts: '08:30', ends: '09:15', subject: null },
      { weekday: 1, starts: '09:30', ends: '10:15', subject: null },
      { weekday: 2, starts: '08:30', ends: '09:15', subject: null },
    ],
  });
  if (!result.ok) throw new Error(result.refusal.kind);
  [first, second] = result.value as [Lesson, Lesson];
});
afterAll(() => world.close());

/** The day before clocks changed last, in March or in October. */
function dayBeforeChange(month: '03' | '10', year = Number(today.slice(0, 4))): string {
  const end = `${year}-${month}-31`;
  const night = addDays(end, -(weekdayOf(end) % 7) - 1);
  return addDays(night, 2) < today ? night : dayBeforeChange(month, year - 1);
}

const rowOf = async (childId: string, who = people.leader, given = {}) => {
  const board = await boardOf(world, who, given);
  if (board === null || board === 'hidden') throw new Error('no board');
  return board.rows.find((row) => row.childId === childId)!;
};

describe('the register of a school (T11)', () => {
  test('marks several children at once, lesson by lesson, and staff’s mark wins over a report (ABS-01, ABS-03)', async () => {
    const report = { childId: children.ours, unitId: places.school, day: monday, cause: 'SICK' as const };
    await reportOne(at(world.deps, '07:00'), people.mother, { ...report, idempotencyKey: newId() });
    expect(await rowOf(children.ours)).toMatchObject({
      state: 'ABSENT_REPORTED',
      slots: [
        { lesson: first, state: 'ABSENT_REPORTED' },
        { lesson: second, state: 'ABSENT_REPORTED' },
      ],
    });
    const outcomes = await mark(world, [
      aMark(children.ours, { slot: second.id, came: '09:40' }),
      aMark(children.half, { slot: first.id, standing: 'ABSENT' }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['TAKEN', 'TAKEN']);
    expect(await rowOf(children.ours)).toMatchObject({
      ...{ state: 'PRESENT', came: '09:40', isHere: true },
      slots: [{ state: 'ABSENT_REPORTED' }, { state: 'LATE' }],
    });
    expect(await rowOf(children.half)).toMatchObject({
      state: 'ABSENT_UNREPORTED',
      slots: [{ state: 'ABSENT_UNREPORTED' }, { state: 'EXPECTED' }],
    });
    expect(await boardOf(world, people.teacher)).toMatchObject({
      ...{ here: 1, inDoubt: 0 },
      counts: { PRESENT: 1, ABSENT_UNREPORTED: 1, ABSENT_REPORTED: 0, NOT_YET_KNOWN: 2, ELSEWHERE: 0 },
    });
  });

  test('keeps what stood before when a mark is corrected, who made it and when', async () => {
    const standing = (await rowOf(children.half)).slots[0]!.mark!;
    const late = aMark(children.half, { slot: first.id, came: '08:45', knew: standing.id });
    expect(await mark(world, [late], { who: people.leader })).toMatchObject([
      { kind: 'TAKEN', standing: { id: late.id } },
    ]);
    expect((await rowOf(children.half)).slots[0]).toMatchObject({
      ...{ state: 'LATE', inDoubt: [] },
      trace: [
        { standing: 'ABSENT', markedBy: people.teacher.personId },
        { id: late.id, came: '08:45', markedBy: people.leader.personId },
      ],
    });
  });

  test.each([
    ['a day to come', { day: addDays(monday, 1) }, 'DAY_WRONG'],
    ['a closed day', { day: addDays(monday, -1) }, 'DAY_WRONG'],
    ['a lesson of another day or group', { slot: newId() }, 'LESSON_WRONG'],
    ['somebody who goes before they come', { came: '10:00', went: '09:00' }, 'TIMES_WRONG'],
    ['an absence with a time', { standing: 'ABSENT', came: '10:00' }, 'TIMES_WRONG'],
  ] as const)('refuses %s, and takes what comes with it', async (_what, given, kind) => {
    const right = aMark(children.masked, {
      slot: second.id,
      knew: (await rowOf(children.masked)).slots[1]!.mark?.id ?? null,
    });
    expect(
      (await mark(world, [aMark(children.masked, given), right])).map((outcome) => outcome.kind),
    ).toEqual([kind, 'TAKEN']);
  });

  test('tells those on whose board it shows that the day has changed, and of a protected child those who are named', async () => {
    const told = async () =>
      (
        await world.database.admin<{ data: { watchers: string[]; unitId: string; day: string } }[]>`
          select data from outbox where type = 'attendance.day.changed.v1' order by event_id desc limit 1`
      )[0]!.data;
    await mark(world, [aMark(children.hidden, { slot: first.id })]);
    expect(await told()).toMatchObject({ unitId: places.school, day: monday });
    expect((await told()).watchers.toSorted()).toEqual(
      [people.leader, people.teacher].map(({ personId }) => personId).toSorted(),
    );
    await mark(world, [aMark(children.theirs)], { who: people.teacherOfB });
    expect((await told()).watchers.toSorted()).toEqual(
      [people.leader, people.office, people.teacherOfB].map(({ personId }) => personId).toSorted(),
    );
  });
});

describe('marks made without a network (T25)', () => {
  const yesterday = schoolDayBefore(monday);
  const slot = () => rowOf(children.ours, people.leader, { day: yesterday }).then(({ slots }) => slots[0]!);

  test('are taken once, however often and by however many at once they are sent (S-20, S-22)', async () => {
    const came = aMark(children.ours, { day: yesterday, came: '08:20' });
    const went = aMark(children.ours, { day: yesterday, came: '08:20', went: '13:00', knew: came.id });
    const answers = await Promise.all(Array.from({ length: 8 }, () => mark(world, [came, went])));
    for (const outcomes of answers) expect(outcomes.map(({ kind }) => kind)).toEqual(['TAKEN', 'TAKEN']);
    expect((await slot()).trace.map(({ id }) => id)).toEqual([came.id, went.id]);
    expect(await rowOf(children.ours, people.leader, { day: yesterday })).toMatchObject({
      isHere: false,
      went: '13:00',
    });
  });

  test('are both kept where two did not know of each other and say something else, until staff say which is true', async () => {
    const stood = (await slot()).mark!;
    const other = aMark(children.ours, { day: yesterday, standing: 'ABSENT' });
    expect(await mark(world, [other], { who: people.assistant })).toMatchObject([
      { kind: 'IN_DOUBT', standing: { id: stood.id } },
    ]);
    expect(await mark(world, [other], { who: people.assistant })).toMatchObject([{ kind: 'IN_DOUBT' }]);
    expect(await slot()).toMatchObject({
      mark: { id: stood.id },
      inDoubt: [{ id: other.id, standing: 'ABSENT' }],
    });
    expect(await boardOf(world, people.leader, { day: yesterday })).toMatchObject({ inDoubt: 1 });
    const settled = aMark(children.ours, {
      day: yesterday,
      standing: 'ABSENT',
      knew: stood.id,
      settles: [other.id],
    });
    expect(await mark(world, [settled])).toMatchObject([{ kind: 'TAKEN', standing: { id: settled.id } }]);
    expect(await slot()).toMatchObject({ mark: { standing: 'ABSENT' }, inDoubt: [] });
    expect(await mark(world, [other], { who: people.assistant })).toMatchObject([{ kind: 'TAKEN' }]);
  });

  test('before midnight and sent after it stand over what the clock has closed meanwhile, also when the clocks change (ABS-16)', async () => {
    // Before a day of twenty-five hours, and one of twenty-three.
    for (const night of [dayBeforeChange('10'), dayBeforeChange('03')]) {
      const dayAfter = addDays(night, 1);
      const deps = (time: string, day: string) => ({
        ...world,
        deps: { ...world.deps, now: () => instantOf(day, time) },
      });
      const here = { who: people.kindergartenStaff, unitId: places.kindergarten };
      const send = (one: WantedMark, time: string, day: string) =>
        markAttendance(deps(time, day).deps, here.who, here.unitId, [one]);
      await world.database.admin`
        insert into unit_calendar (unit_id, opens_at, closes_at, planning_at, days_ahead, is_open_every_day, school_years, closed_days)
        values (${places.kindergarten}, '07:00', '17:00', '07:30', 60, true, '[]', '[]') on conflict do nothing`;
      const came = aMark(children.small, { day: night, came: '08:00' });
      expect(await send(came, '23:59', night)).toMatchObject({ value: [{ kind: 'TAKEN' }] });
      expect(await send({ ...came, id: newId(), day: dayAfter }, '23:59', night)).toMatchObject({
        value: [{ kind: 'DAY_WRONG' }],
      });
      await closeForgottenDays(deps('00:00', dayAfter).deps);
      const went = aMark(children.small, { day: night, came: '08:00', went: '16:45', knew: came.id });
      expect(await send(went, '00:10', dayAfter)).toMatchObject({
        value: [{ kind: 'TAKEN', standing: { went: '16:45', isByClock: false } }],
      });
    }
  });

  test('that say the same are in no doubt, and leave whoever saw the one before aware of what stands', async () => {
    const [one, same] = [aMark(children.half, { day: yesterday }), aMark(children.half, { day: yesterday })];
    await mark(world, [one]);
    expect(await mark(world, [same], { who: people.assistant })).toMatchObject([{ kind: 'TAKEN' }]);
    const later = aMark(children.half, { day: yesterday, went: '12:00', knew: one.id });
    expect(await mark(world, [later])).toMatchObject([{ kind: 'TAKEN', standing: { id: later.id } }]);
  });

  test('of many who mark one child at once make one chain, with nobody’s lost (S-22)', async () => {
    const all = Array.from({ length: 12 }, (_, index) =>
      aMark(children.masked, { day: yesterday, came: `08:${String(index + 10)}` }),
    );
    await Promise.all(
      all.map((one, index) =>
        mark(world, [one], { who: index % 2 === 0 ? people.teacher : people.assistant }),
      ),
    );
    const { trace, inDoubt } = (await rowOf(children.masked, people.leader, { day: yesterday })).slots[0]!;
    expect([trace.length, inDoubt.length]).toEqual([1, 11]);
  });

  test('do not go by the id of another mark', async () => {
    const one = aMark(children.sibling, { day: yesterday });
    await mark(world, [one], { who: people.teacherOfB });
    await expect(
      mark(world, [{ ...one, childId: children.theirs }], { who: people.teacherOfB }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('parts for each school year', () => {
  test('are there for this year and the next, made once, and made ahead by the service', async () => {
    const parts = () => world.database.admin<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'mark'::regclass order by 1`;
    const before = (await parts()).length;
    const nextYear = addDays(monday, 365);
    const insert = (day: string) => world.database.admin<{ part: string }[]>`
      insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_at)
      values (${newId()}, ${children.ours}, ${places.school}, ${day}, 'DAY', 1, 'PRESENT', now()) returning tableoid::regclass::text as part`;
    const yearOf = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0);
    expect(await insert(nextYear)).toEqual([{ part: `mark_${yearOf(nextYear)}` }]);
    const far = addDays(monday, 365 * 3);
    await expect(insert(far)).rejects.toThrow('no partition');
    await Promise.all([1, 2, 3].map(() => world.deps.db.asService((tx) => marks.makeSchoolYears(tx, far))));
    expect(await insert(far)).toEqual([{ part: `mark_${yearOf(far)}` }]);
    expect((await parts()).length).toBe(before + 2);
    expect(await world.deps.db.asService((tx) => marks.makeSchoolYears(tx, far))).toBe(0);
  });
});

test('an erased child leaves no mark, and erased staff leave theirs without a name (RET-08)', async () => {
  const left = () =>
    world.database
      .admin`select from mark where child_id = ${children.ours} or marked_by = ${people.leader.personId}`;
  expect((await left()).length).toBeGreaterThan(0);
  await world.deps.db.asService(async (tx) => {
    await erasePerson(tx, children.ours);
    await erasePerson(tx, people.leader.personId);
  });
  expect(await left()).toEqual([]);
  expect(
    await world.database.admin`select from mark where child_id = ${children.half} and marked_by is null`,
  ).not.toEqual([]);
});
