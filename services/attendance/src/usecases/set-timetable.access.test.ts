import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, places } from '../../test/families.ts';
import { at, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import { setTimetable } from './set-timetable.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const timetable = {
  ...{ unitId: places.school, groupId: places.groupA, from: monday },
  lessons: [{ weekday: 1, starts: '08:30', ends: '09:15', subject: 'NOR1267' }],
};
const others = [
  ...outsiders,
  ['the contact teacher', people.teacher],
  ['an assistant', people.assistant],
] as const;

describe('setting a timetable is refused', () => {
  test.each(others)('to %s, by either lock (S-06, S-12)', async (_who, actor) => {
    await expect(setTimetable(at(world.deps, '07:00'), actor, timetable)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const insert = sql`
      insert into lesson (id, unit_id, group_id, weekday, starts, ends, from_day)
      values (gen_random_uuid(), ${places.school}, ${places.groupA}, 1, '08:30', '09:15', ${monday})`;
    await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });
});

test('setting a timetable is for the leader and the office, and the same again changes nothing (S-22)', async () => {
  const set = (who: typeof people.leader) => setTimetable(at(world.deps, '07:00'), who, timetable);
  const first = await set(people.leader);
  expect(first).toMatchObject({
    ok: true,
    value: [{ ...timetable.lessons[0], groupId: places.groupA, from: monday }],
  });
  expect(await set(people.office)).toEqual(first);
  expect(await world.database.admin`select id from lesson`).toHaveLength(1);
});
