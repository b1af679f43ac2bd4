import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { readMigrations } from '@ranselpost/kit/migrate';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { aboutNoStaff } from '../domain/safety-concern.ts';
import { migrations } from '../migrations.ts';
import { answerContactForm } from './answer-contact-form.ts';
import { readContactForms, readUnitContactForms } from './read-contact-forms.ts';
import { markFiled } from './seal-for-archive.ts';
import { sendContactForm } from './send-contact-form.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const high = <Who extends Actor>(actor: Who): Who => ({ ...actor, level: 'high' as const });
const sent = async (actor: Actor) => {
  const result = await sendContactForm(world.deps, actor, {
    ...{ unitId: places.school, childIds: [], attachmentIds: [], about: '', senderName: '', subject: '' },
    ...{ text: 'Vi vil gjerne snakke om diagnosen til Ola', aboutStaff: aboutNoStaff },
    idempotencyKey: newId(),
  });
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
const failure = (answer: Promise<unknown>) =>
  answer.then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };
const list = (actor: Actor) => readContactForms(world.deps, actor, { first: 20, after: null });

describe('a contact form is answered (M23)', () => {
  const answer = (actor: Actor, formId: string, reference = '2026/118-2') =>
    answerContactForm(world.deps, actor, { formId, reference });
  const file = async (formId: string) => {
    const [row] = await world.database.admin`select entry_id from contact_form where form_id = ${formId}`;
    const filed = { entryId: String(row!['entry_id']), archiveId: newId(), caseNumber: '2026/118' };
    await world.deps.db.asService((tx) => markFiled(tx, filed));
  };
  const toBeAnswered = (actor: Actor, unitId: string = places.school) =>
    readUnitContactForms(world.deps, actor, { unitId, first: 100, after: null });

  test('by nobody but the leader of its unit, to whom alone there are such forms (S-06)', async () => {
    const form = await sent(high(people.otherGuardian));
    await file(form.id);
    for (const actor of [people.mother, high(people.otherGuardian), people.teacher, people.former, machine]) {
      expect(await failure(answer(actor, form.id))).toEqual(notFound);
      expect(await failure(toBeAnswered(actor))).toEqual(notFound);
    }
    expect(await failure(answer(people.leader, newId()))).toEqual(notFound);
    expect(await failure(toBeAnswered(people.leader, places.kindergarten))).toEqual(notFound);
    // The second lock, by itself (S-12): a form of their unit is seen by its leader, and by nobody else but its sender.
    const rows = (actor: Actor) =>
      lookAs(world.deps.db, actor, (tx) =>
        tx.execute(sql`select 1 from form_case where form_id = ${form.id}`),
      );
    expect(await rows(people.leader)).toHaveLength(1);
    expect(await rows(people.otherGuardian)).toHaveLength(1);
    for (const actor of [people.mother, people.teacher, people.former])
      expect(await rows(actor)).toHaveLength(0);
  });

  test('once the archive has it, with a number and nothing more; its sender is told once, and reads the number', async () => {
    const sender = people.otherGuardian;
    const form = await sent(high(sender));
    expect(await answer(people.leader, form.id)).toMatchObject({ refusal: { kind: 'not-filed' } });
    await file(form.id);
    for (const reference of ['', 'Ola er utredet', '2026/118-2 Ola', '26/1', '2026/118\n'])
      expect(await answer(people.leader, form.id, reference)).toMatchObject({
        refusal: { kind: 'reference-invalid' },
      });
    const [shown] = await toBeAnswered(people.leader);
    expect(shown).toMatchObject({ id: form.id, caseNumber: '2026/118', answeredAt: null });
    expect(JSON.stringify(shown)).not.toContain(sender.personId);

    await Promise.all([answer(people.leader, form.id), answer(people.leader, form.id)]);
    expect(await answer(people.leader, form.id)).toMatchObject({ ok: true });
    expect(await answer(people.leader, form.id, '2026/119-1')).toMatchObject({
      refusal: { kind: 'answered-otherwise' },
    });
    expect((await list(sender)).find(({ id }) => id === form.id)).toMatchObject({
      answeredAt: expect.any(Date),
      answerReference: '2026/118-2',
    });
    const told = await world.database.admin`
      select data from outbox where type = 'messaging.notice.due.v1' and data ->> 'subjectId' = ${form.id}`;
    expect(told.map(({ data }) => data)).toMatchObject([
      { recipients: [{ personId: sender.personId, capacity: 'guardian', childIds: [] }], unitId: null },
    ]);
  });

  test('also one that was sent before units were told of their forms (S-20)', async () => {
    const sender = people.otherGuardian;
    const form = await sent(high(sender));
    const shown = async () => (await list(sender)).find(({ id }) => id === form.id);
    const before = await shown();
    const sets = await readMigrations(migrations);
    const { text } = sets.find(({ name }) => name === 'messaging/0120_keep_the_cases_of_earlier_forms.sql')!;
    await world.database.admin`delete from form_case where form_id = ${form.id}`;
    await world.database.admin.begin(async (tx) => {
      await tx`set local role messaging_owner`;
      await tx.unsafe(text.replaceAll('{{owner}}', 'messaging_owner'));
    });
    expect(before).toBeDefined();
    expect(await shown()).toEqual(before);
    expect(
      await world.database.admin`select from pg_policies where policyname = 'of_this_migration'`,
    ).toEqual([]);
  });
});
