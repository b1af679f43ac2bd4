import { openOwn } from '@ranselpost/kit/seal';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, ids, noticed, sent, start } from '../../test/writing.ts';
import { moveToCase } from './put-away.ts';
import { readMessages } from './read-messages.ts';
import { readSafetyConcerns } from './read-safety-concerns.ts';
import { markFiled } from './seal-for-archive.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader } = people;
const entryCount = async () => (await world.database.admin`select 1 from archive_entry`).length;

test('what came from home is moved to a case by staff who read it, and by nobody else (MSG-12)', async () => {
  const { deps, database } = world;
  const { id } = sent(await start(world, mother, { text: 'Noe som ikke hører hjemme her' }));
  for (const actor of [
    mother,
    father,
    people.stranger,
    people.teacherOfB,
    people.otherLeader,
    people.afterSchool,
  ])
    expect(await failure(moveToCase(deps, actor, id))).toBe('NOT_FOUND');
  expect(await moveToCase(deps, leader, id)).toMatchObject({ ok: true });
  for (const actor of [mother, teacher, leader, people.office])
    expect((await readMessages(deps, actor, [id])).get(id)).toMatchObject({ state: 'MOVED', body: null });
  expect(await moveToCase(deps, leader, id)).toMatchObject({ refusal: { kind: 'put-away' } });
  expect(await database.admin`select why, body from put_away where message_id = ${id}`).toEqual([
    { why: 'MOVED', body: 'Noe som ikke hører hjemme her' },
  ]);
  // The archive has it once, whole and screened, and nobody on the way reads it (ARK-02, ARK-03).
  const told = await database.admin<{ data: { entryId: string; sealed: string } }[]>`
    select data from outbox where type = 'messaging.archive-entry.due.v1'`;
  expect(told).toHaveLength(1);
  const { entryId, sealed } = told[0]!.data;
  expect(
    await database.admin`select sealed, filed_at from archive_entry where entry_id = ${entryId}`,
  ).toEqual([{ sealed, filed_at: null }]);
  expect(sealed).not.toContain('hjemme');
  // The leader has it on their list, which says nothing of it; and it is kept here no longer than until the archive has it.
  const unit = { unitId: places.school, first: 20, after: null };
  expect(await readSafetyConcerns(deps, leader, unit)).toMatchObject([
    { cause: 'MOVED_MESSAGE', takenOnAt: null },
  ]);
  const [concern] = await readSafetyConcerns(deps, leader, unit);
  expect(await noticed(world, concern!.id)).toEqual(ids(leader));
  await deps.db.asService((tx) => markFiled(tx, { entryId, archiveId: 'archive', caseNumber: '26/1' }));
  expect(await database.admin`select from put_away where message_id = ${id}`).toEqual([]);
  expect(await readSafetyConcerns(deps, leader, unit)).toMatchObject([{ caseNumber: '26/1' }]);
  expect(await openOwn(world.outboundKeys, entryId, sealed, archiveEntrySchema)).toMatchObject({
    ...{ title: 'Henvendelse fra foresatt', unitId: places.school, isProtected: false },
    parties: [
      { role: 'SENDER', personId: mother.personId },
      { role: 'CHILD', personId: children.ours },
    ],
    documents: [{ direction: 'IN', kind: 'MESSAGE', text: 'Emne: Tur\n\nNoe som ikke hører hjemme her' }],
  });
});

test('what is about a protected child only few may open in the archive (ADR-17)', async () => {
  const { deps, database, outboundKeys } = world;
  const { id } = sent(await start(world, mother, { childIds: [children.hidden] }));
  expect(await moveToCase(deps, leader, id)).toMatchObject({ ok: true });
  const [told] = await database.admin<{ data: { entryId: string; sealed: string } }[]>`
    select data from outbox where type = 'messaging.archive-entry.due.v1' order by id desc limit 1`;
  const { entryId, sealed } = told!.data;
  expect(await openOwn(outboundKeys, entryId, sealed, archiveEntrySchema)).toMatchObject({
    isProtected: true,
  });
});

test('what staff wrote themselves is not moved to a case', async () => {
  const before = await entryCount();
  const { id } = sent(await start(world, teacher));
  expect(await moveToCase(world.deps, leader, id)).toMatchObject({ refusal: { kind: 'not-received' } });
  expect(await entryCount()).toBe(before);
});
