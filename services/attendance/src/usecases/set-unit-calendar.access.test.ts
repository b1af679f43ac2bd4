import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { reportOne } from '../../test/reports.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { setUnitCalendar } from './set-unit-calendar.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
});
afterAll(() => world.close());

const { mother, leader, teacher, assistant } = people;
const outsiders: readonly Actor[] = [
  ...[people.stranger, people.otherGuardian, people.blocked, people.former, people.otherLeader],
  ...[people.afterSchool, people.teacherOfB, people.formerTeacher, staff(mother.personId), machine],
];
test('when a unit is open its leader says, by either lock, and everybody is told (S-06, S-12)', async () => {
  const wanted = {
    ...{ unitId: places.school, opensAt: '08:30', closesAt: '14:00', planningAt: '08:30', daysAhead: 30 },
    ...{ askMinutesBefore: null, isOpenEveryDay: true, schoolYears: [], closed: [] },
  };
  for (const actor of [mother, teacher, assistant, people.office, ...outsiders]) {
    await expect(setUnitCalendar(world.deps, actor, wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const change = sql`update unit_calendar set opens_at = '09:00', set_by = access.person() returning unit_id`;
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(change)).catch(() => [])).toHaveLength(
      actor === people.otherLeader ? 1 : 0,
    );
  }
  const set = await setUnitCalendar(world.deps, leader, wanted);
  expect(set).toEqual({ ok: true, value: { ...wanted, kind: 'SCHOOL' } });
  expect(await setUnitCalendar(world.deps, leader, wanted)).toEqual(set);
  expect(await setUnitCalendar(world.deps, leader, { ...wanted, opensAt: '15:00' })).toMatchObject({
    refusal: { kind: 'calendar-times-wrong' },
  });
  const far = { childId: children.ours, unitId: places.school, day: addDays(tomorrow, 31) };
  expect(
    await reportOne(world.deps, mother, { ...far, cause: 'SICK', idempotencyKey: newId() }),
  ).toMatchObject({ refusal: { kind: 'too-far-ahead' } });
});
