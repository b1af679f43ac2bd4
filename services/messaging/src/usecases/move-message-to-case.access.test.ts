import { openOwn } from '@ranselpost/kit/seal';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, ids, noticed, sent, start } from '../../test/writing.ts';
import { aboutNoStaff } from '../domain/safety-concern.ts';
import { moveToCase } from './put-away.ts';
import { raiseSafetyConcern } from './raise-safety-concern.ts';
import { readMessages, readThreadMessages } from './read-messages.ts';
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

test('what is about somebody of the staff stays where it is, tells nobody, and is raised instead (SKM-04)', async () => {
  const { deps, database } = world;
  const { id, threadId } = sent(await start(world, mother, { text: 'Noe om en som arbeider der' }));
  /** All that anybody at the unit or at home could see a difference in. */
  const seen = async () => ({
    messages: await Promise.all(
      [mother, teacher, leader].map((one) =>
        readThreadMessages(deps, one, [{ threadId, first: 100, after: null }]),
      ),
    ),
    concerns: await readSafetyConcerns(deps, leader, { unitId: places.school, first: 20, after: null }),
    told: await database.admin`select count(*) from outbox where type <> 'messaging.child.read.v1'`,
    entries: await entryCount(),
  });
  const before = await seen();
  const abouts = [
    { isLeader: true, personIds: [] },
    { isLeader: false, personIds: [leader.personId] },
    { isLeader: false, personIds: [teacher.personId] },
    // Nobody there: answered as the others are.
    { isLeader: false, personIds: [people.otherLeader.personId] },
  ];
  for (const about of abouts) {
    expect(await moveToCase(deps, teacher, id, about)).toEqual({
      ...{ ok: false, refusal: { kind: 'about-staff' } },
    });
    for (const actor of [mother, people.stranger, people.otherLeader])
      expect(await failure(moveToCase(deps, actor, id, about))).toBe('NOT_FOUND');
  }
  expect(await seen()).toEqual(before);
  const raised = { messageId: id, aboutStaff: abouts[0]!, idempotencyKey: 'one' };
  expect(await raiseSafetyConcern(deps, teacher, raised)).toMatchObject({ ok: true });
  expect(await seen()).toMatchObject({ messages: before.messages, concerns: before.concerns });
  expect(await moveToCase(deps, teacher, id, aboutNoStaff)).toMatchObject({ ok: true });
});
