import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places } from '../../test/families.ts';
import { at, monday, outsiders, tellFamilies } from '../../test/register.ts';
import { type World, openWorld } from '../../test/world.ts';
import { notePhoneCall } from './note-phone-call.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  await world.database.admin`
    insert into unreported_alert (child_id, unit_id, day, due_at, state, notice_id)
    values (${children.hidden}, ${places.school}, ${monday}, now(), 'PHONE', ${newId()})`;
});
afterAll(() => world.close());

const note = (actor: Actor, childId = children.hidden) =>
  notePhoneCall(at(world.deps, '09:00'), actor, { unitId: places.school, childId, day: monday });

test.each([
  ...outsiders,
  ['an assistant, of a protected child', people.assistant],
  ['the office, of a protected child', people.office],
  ['a teacher of another group', people.teacherOfB],
] as const)(
  'a call is not for %s to note, nor to see, by either lock (S-06, S-12, ADR-10)',
  async (_who, actor) => {
    await expect(note(actor)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' });
    const rows = await lookAs(world.deps.db, actor, async (tx) => [
      ...(await tx.execute(sql`update unreported_alert set state = 'PHONED' returning child_id`)),
      ...(await tx.execute(sql`select from unreported_alert`)),
    ]);
    expect(rows).toEqual([]);
  },
);

test('nobody notes a call that there is none to make, or says by a row that home was told', async () => {
  await expect(note(people.teacher, children.ours)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const tell = sql`update unreported_alert set state = 'TOLD'`;
  await expect(lookAs(world.deps.db, people.teacher, (tx) => tx.execute(tell))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
});

test('a call is for whoever is named for the child to note', async () => {
  expect(await note(people.leader)).toEqual({ ok: true, value: 'PHONED' });
});
