import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, places } from '../../test/families.ts';
import { at, outsiders, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import { setAbsenceAlert } from './set-absence-alert.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

test.each([...outsiders, ['the contact teacher', people.teacher], ['the office', people.office]] as const)(
  'how long a school waits is not for %s to set, by either lock (S-06, S-12)',
  async (_who, actor) => {
    await expect(setAbsenceAlert(at(world.deps, '07:00'), actor, places.school, 10)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const insert = sql`insert into alert_setting (unit_id, minutes) values (${places.school}, 10)`;
    await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  },
);

test('how long a school waits is for its leader to set, and to set again', async () => {
  for (const minutes of [10, 45])
    expect(await setAbsenceAlert(at(world.deps, '07:00'), people.leader, places.school, minutes)).toEqual({
      ok: true,
      value: minutes,
    });
  expect(await world.database.admin`select minutes from alert_setting`).toEqual([{ minutes: 45 }]);
});
