import { newId } from '@ranselpost/kit/ids';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { lookAs } from '@ranselpost/kit/testing/look';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { noticed, sent, start } from '../../test/writing.ts';
import { aboutNoStaff } from '../domain/safety-concern.ts';
import { answerContactForm } from './answer-contact-form.ts';
import { raiseSafetyConcern } from './raise-safety-concern.ts';
import { readUnitContactForms } from './read-contact-forms.ts';
import { readSafetyConcerns } from './read-safety-concerns.ts';
import { type KeyedForm, sendContactForm } from './send-contact-form.ts';
import { takeOnSafetyConcern } from './take-on-safety-concern.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const failure = (answer: Promise<unknown>) =>
  answer.then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };
const page = { first: 20, after: null };
const concernsAt = (actor: Actor, unitId: string | null = places.school) =>
  readSafetyConcerns(world.deps, actor, { unitId, ...page });
const send = async (actor: GuardianActor, more: Partial<KeyedForm> = {}) => {
  const result = await sendContactForm(
    world.deps,
    { ...actor, level: 'high' },
    {
      ...{ unitId: places.school, childIds: [], about: '', senderName: '', subject: '', text: 'Noe' },
      ...{ attachmentIds: [], aboutStaff: aboutNoStaff, idempotencyKey: newId(), ...more },
    },
  );
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
/** Everything at the school that somebody answers for, by whatever way. */
const desk = async (actor: Actor, unitId: string | null = places.school) => {
  const rows = await lookAs(world.deps.db, actor, (tx) =>
    tx.execute<{ id: string }>(sql`
      select concern_id as id from safety_concern union all select form_id from form_case
      union all select entry_id from archive_entry`),
  );
  const lists = await Promise.all([
    concernsAt(actor, unitId),
    unitId === null ? [] : readUnitContactForms(world.deps, actor, { unitId, ...page }),
  ]);
  return { rows: rows.length, ids: lists.flat().map(({ id }) => id) };
};
const nothing = { rows: 0, ids: [] };
const answered = ['safety_concern', 'form_case', 'archive_entry'];
/** Does something while the rows of some tables are open to all. */
const without = async (tables: readonly string[], act: () => Promise<void>) => {
  for (const table of tables)
    await world.database.admin.unsafe(`alter table ${table} disable row level security`);
  await act();
  for (const table of tables)
    await world.database.admin.unsafe(`alter table ${table} enable row level security`);
};
/** Which of some concerns and forms the rows alone give somebody (S-12). */
const rowsOf = async (actor: Actor, ...ids: readonly string[]) => {
  const rows = await lookAs(world.deps.db, actor, (tx) =>
    tx.execute<{ id: string }>(
      sql`select concern_id as id from safety_concern union all select form_id from form_case`,
    ),
  );
  return rows.map(({ id }) => id).filter((id) => ids.includes(id));
};

describe('what hints at bullying (SKM-03)', () => {
  test('is a task for the unit’s leader that says nothing, and for nobody else', async () => {
    expect(await concernsAt(people.leader)).toEqual([]);
    await send(people.stranger, { text: 'Sønnen vår blir mobbet hver dag' });
    const [concern, ...others] = await concernsAt(people.leader);
    expect([others, Object.keys(concern!).toSorted()]).toEqual([
      [],
      [
        'caseNumber',
        'cause',
        'id',
        'isAboutStaff',
        'isAboutViewer',
        'isPastLeaders',
        'raisedAt',
        'takenOnAt',
        'unitId',
      ],
    ]);
    const [notice] = await world.database.admin`
      select data from outbox where type = 'messaging.notice.due.v1' and subject = ${concern!.id}`;
    expect(notice!['data']).toMatchObject({
      recipients: [{ personId: people.leader.personId, capacity: 'staff', childIds: [] }],
    });
    for (const other of [
      people.teacher,
      people.office,
      people.afterSchool,
      people.otherLeader,
      people.mother,
      machine,
    ]) {
      expect(await failure(concernsAt(other))).toEqual(notFound);
      expect(await failure(takeOnSafetyConcern(world.deps, other, concern!.id))).toEqual(notFound);
      const rows = await lookAs(world.deps.db, other, (tx) => tx.execute(sql`select 1 from safety_concern`));
      expect(rows).toEqual([]);
    }
    expect((await takeOnSafetyConcern(world.deps, people.leader, concern!.id)).takenOnAt).toEqual(
      expect.any(Date),
    );
    expect(await failure(takeOnSafetyConcern(world.deps, people.leader, newId()))).toEqual(notFound);
  });
});

describe('what is about somebody who works at the unit (SKM-04)', () => {
  const { leader, teacher, administrator, mother } = people;
  const entryOf = async (concernId: string) => {
    const [told] = await world.database.admin<{ data: { entryId: string; sealed: string } }[]>`
      select o.data from outbox o join safety_concern c on o.subject = c.entry_id::text
      where c.concern_id = ${concernId} and o.type = 'messaging.archive-entry.due.v1'`;
    return openOwn(world.outboundKeys, told!.data.entryId, told!.data.sealed, archiveEntrySchema);
  };

  test('is about those whom its sender sees there, or the leader: of others it is not said whether they are there', async () => {
    const about = (...personIds: string[]) => ({ aboutStaff: { isLeader: false, personIds } });
    for (const [actor, childIds, personId] of [
      [mother, [children.ours], people.teacherOfB.personId],
      [mother, [children.ours], newId()],
      [mother, [], teacher.personId],
      [people.stranger, [], teacher.personId],
    ] as const)
      expect(await failure(send(actor, { childIds, ...about(personId) }))).toEqual(notFound);
  });

  test('where it is about the leader, goes past everybody who leads, to whoever answers for the municipality', async () => {
    const before = await desk(leader);
    expect(await desk(administrator, null)).toEqual(nothing);
    const form = await send(people.stranger, { aboutStaff: { isLeader: true, personIds: [] } });
    const { id: messageId } = sent(await start(world, mother));
    const aboutStaff = { isLeader: false, personIds: [leader.personId] };
    await raiseSafetyConcern(world.deps, teacher, { messageId, aboutStaff, idempotencyKey: newId() });
    // Neither in a list, nor in a count, nor as a notice; nor for another who leads there, from today.
    expect(await desk(leader)).toEqual(before);
    await world.identity.roles(people.office.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    expect((await desk(people.office)).ids).toEqual(before.ids);
    const past = await concernsAt(administrator, null);
    expect(past.map(({ cause, isAboutStaff }) => [cause, isAboutStaff])).toEqual([
      ['STAFF_REPORT', true],
      ['CONTACT_FORM', true],
    ]);
    const aboutLeader = [...past.map(({ id }) => id), form.id];
    expect((await desk(administrator)).ids).toEqual(aboutLeader);
    expect(await rowsOf(people.office, ...aboutLeader)).toEqual([]);
    for (const { id } of past) {
      expect(await noticed(world, id)).toEqual([administrator.personId]);
      expect(await entryOf(id)).toMatchObject({ unitId: null });
      for (const actor of [leader, people.office, people.otherLeader, teacher])
        expect(await failure(takeOnSafetyConcern(world.deps, actor, id))).toEqual(notFound);
      expect((await takeOnSafetyConcern(world.deps, administrator, id)).takenOnAt).toEqual(expect.any(Date));
    }
    // Whoever leads and answers for the municipality too finds nothing of what is about themself.
    const led = { role: 'LEADER', unitId: places.school } as const;
    await world.identity.roles(leader.personId, [led], ['MUNICIPAL_ADMINISTRATOR']);
    await world.settled();
    expect((await desk(leader)).ids).toEqual(before.ids);
    expect(await rowsOf(leader, ...aboutLeader)).toEqual([]);
    await world.identity.roles(leader.personId, [led]);
    await world.settled();
    const answer = (actor: Actor) =>
      answerContactForm(world.deps, actor, { formId: form.id, reference: '2026/118' });
    for (const actor of [leader, people.office, teacher])
      expect(await failure(answer(actor))).toEqual(notFound);
    expect(await answer(administrator)).toMatchObject({ refusal: { kind: 'not-filed' } });
    // Who it is about, nobody can ask for; nor is it on the bus or in the archive, but in what was written.
    await expect(
      lookAs(world.deps.db, administrator, (tx) => tx.execute(sql`select 1 from concern_about`)),
    ).rejects.toThrow();
    expect(JSON.stringify(await entryOf(past[0]!.id))).not.toContain(leader.personId);
    await world.identity.roles(people.office.personId, [{ role: 'ADMINISTRATOR', unitId: places.school }]);
    await world.settled();
  });

  test('is hidden from whom it is about, whatever they come to be; and goes to the municipality when nobody else leads', async () => {
    const form = await send(mother, {
      childIds: [children.ours],
      aboutStaff: { isLeader: false, personIds: [teacher.personId] },
    });
    const [concern] = await concernsAt(leader);
    expect(concern).toMatchObject({ isAboutStaff: true, takenOnAt: null });
    expect(await noticed(world, concern!.id)).toEqual([leader.personId]);
    expect(await entryOf(concern!.id)).toMatchObject({
      unitId: places.school,
      documents: [{ text: expect.stringContaining('ansatt ved enheten') }],
    });
    const all = (await desk(leader)).ids;
    expect(all).toEqual(expect.arrayContaining([concern!.id, form.id]));
    await world.identity.roles(teacher.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    const seen = (await desk(teacher)).ids;
    expect(seen).toEqual(all.filter((id) => id !== concern!.id && id !== form.id));
    expect(await rowsOf(teacher, concern!.id, form.id)).toEqual([]);
    // Another who leads there still answers for it, so that it has not gone past them all; and the policy alone keeps it from this one.
    expect((await desk(leader)).ids).toEqual(all);
    await without(answered, async () => {
      expect((await desk(teacher)).ids).toEqual(seen);
      expect(await failure(takeOnSafetyConcern(world.deps, teacher, concern!.id))).toEqual(notFound);
    });
    expect(await failure(takeOnSafetyConcern(world.deps, teacher, concern!.id))).toEqual(notFound);
    expect((await desk(administrator, null)).ids).not.toContain(concern!.id);
    await world.identity.roles(leader.personId, []);
    await world.settled();
    expect((await desk(teacher)).ids).toEqual(seen);
    expect((await desk(administrator)).ids).toEqual(expect.arrayContaining([concern!.id, form.id]));
  });

  test('is kept so by the policy alone (S-12)', async () => {
    await without(answered, async () => {
      const aboutLeader = (await concernsAt(administrator, null)).map(({ id }) => id);
      expect(aboutLeader).toHaveLength(3);
      for (const actor of [people.leader, people.otherLeader, people.assistant, mother, machine])
        expect(await failure(concernsAt(actor))).toEqual(notFound);
      for (const { id } of await concernsAt(teacher)) expect(aboutLeader).not.toContain(id);
      for (const id of aboutLeader)
        expect(await failure(takeOnSafetyConcern(world.deps, teacher, id))).toEqual(notFound);
    });
  });
});
