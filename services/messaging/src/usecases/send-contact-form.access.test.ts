import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { lookAs } from '@ranselpost/kit/testing/look';
import { type ArchiveEntry, archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { aboutNoStaff } from '../domain/safety-concern.ts';
import { mostADay } from '../domain/contact-form.ts';
import { readContactForms } from './read-contact-forms.ts';
import { markFiled, tellUnheardEntries } from './seal-for-archive.ts';
import { type KeyedForm, sendContactForm } from './send-contact-form.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const secret = 'Vi vil gjerne snakke om diagnosen til Olaug';
const high = <Who extends Actor>(actor: Who): Who => ({ ...actor, level: 'high' as const });
const send = (actor: Actor, more: Partial<KeyedForm> = {}) =>
  sendContactForm(world.deps, actor, {
    ...{
      unitId: places.school,
      childIds: [],
      about: 'Olaug i 3A',
      senderName: 'Rolig Paraply',
      subject: 'Helse',
    },
    ...{ text: secret, attachmentIds: [], aboutStaff: aboutNoStaff, idempotencyKey: newId(), ...more },
  });
const sent = async (actor: Actor, more: Partial<KeyedForm> = {}) => {
  const result = await send(actor, more);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};
const failure = (answer: Promise<unknown>) =>
  answer.then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );
const notFound = { code: 'NOT_FOUND', message: 'Not found.' };
const toldOf = async (formId: string): Promise<{ entryId: string; sealed: string }[]> =>
  (
    await world.database.admin<{ data: { entryId: string; sealed: string } }[]>`
      select o.data from outbox o join contact_form f on o.subject = f.entry_id::text
      where f.form_id = ${formId} and type = 'messaging.archive-entry.due.v1'`
  ).map(({ data }) => data);
const opened = ({ entryId, sealed }: { entryId: string; sealed: string }): Promise<ArchiveEntry> =>
  openOwn(world.outboundKeys, entryId, sealed, archiveEntrySchema);
const list = (actor: Actor) => readContactForms(world.deps, actor, { first: 20, after: null });

describe('a contact form is refused', () => {
  test.each<[string, Actor, object]>([
    ['at the lower level of assurance', people.mother, { code: 'STEP_UP_REQUIRED' }],
    ['to staff, who write as themselves at home', high(people.leader), { code: 'FORBIDDEN' }],
    ['to a machine', machine, { code: 'FORBIDDEN' }],
    ['to one of our services', { kind: 'service', name: 'identity' }, { code: 'FORBIDDEN' }],
  ])('%s', async (_how, actor, refused) => {
    expect(await failure(send(actor))).toMatchObject(refused);
  });

  test('about a child who is not the sender’s own, as about none at all (GUA-20, S-06)', async () => {
    const stranger = high(people.stranger);
    for (const childId of [children.ours, children.masked, newId()])
      expect(await failure(send(stranger, { childIds: [childId] }))).toEqual(notFound);
    expect(await failure(send(high(people.mother), { childIds: [children.ours, children.theirs] }))).toEqual(
      notFound,
    );
    expect(await failure(send(stranger, { unitId: newId() }))).toEqual(notFound);
  });

  test('without a text, with too much of it, and when somebody has sent many', async () => {
    const mother = high(people.former);
    expect(await send(mother, { text: ' \u0000 ' })).toMatchObject({ refusal: { kind: 'text-empty' } });
    expect(await send(mother, { text: 'x'.repeat(20_001) })).toMatchObject({
      refusal: { kind: 'text-too-long' },
    });
    for (let count = 0; count < mostADay; count += 1) await sent(mother);
    expect(await send(mother)).toMatchObject({ refusal: { kind: 'too-many' } });
  });
});

describe('a contact form is received (MSG-13, ARK-01)', () => {
  test('of whoever signs in, guardian or not, sealed for the archive under a title that says nothing (GUA-20, ARK-02, ARK-03)', async () => {
    for (const [actor, childIds] of [
      [high(people.stranger), []],
      [high(people.blocked), []],
      [high(people.mother), [children.ours]],
    ] as const) {
      const form = await sent(actor, { childIds });
      expect(form).toMatchObject({ unitId: places.school, filedAt: null, caseNumber: null });
      const [told, ...others] = await toldOf(form.id);
      expect(others).toEqual([]);
      const entry = await opened(told!);
      expect(entry).toMatchObject({
        ...{ caseId: form.id, title: 'Henvendelse fra foresatt', unitId: places.school },
        screening: { code: 'UO', ground: 'offl. § 13' },
        parties: [
          { role: 'SENDER', personId: actor.personId, name: 'Rolig Paraply' },
          ...childIds.map((personId) => ({ role: 'CHILD', personId, name: null })),
        ],
      });
      expect(entry.documents[0]!.text).toContain(secret);
    }
  });

  test('and nothing of it is to be read in the database or on the bus (S-07)', async () => {
    const dump = JSON.stringify(
      await world.database.admin`select to_jsonb(f) as f, to_jsonb(e) as e, to_jsonb(o) as o
        from contact_form f join archive_entry e using (entry_id) join outbox o on o.subject = e.entry_id::text`,
    );
    for (const said of ['diagnosen', 'Olaug', 'Paraply', 'Henvendelse', 'Helse'])
      expect(dump).not.toContain(said);
  });

  test('once under one key, also when it comes twice at once; and its status is the sender’s alone (M23, S-20)', async () => {
    const mother = high(people.father);
    const key = newId();
    const [first, second] = await Promise.all([
      sent(mother, { idempotencyKey: key }),
      sent(mother, { idempotencyKey: key }),
    ]);
    expect(second.id).toBe(first.id);
    expect(await failure(send(mother, { idempotencyKey: key, unitId: places.kindergarten }))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const [told] = await toldOf(first.id);
    await world.deps.db.asService((tx) =>
      markFiled(tx, { entryId: told!.entryId, archiveId: newId(), caseNumber: '2026/118' }),
    );
    expect(await list(mother)).toMatchObject([
      { id: first.id, filedAt: expect.any(Date), caseNumber: '2026/118' },
    ]);
    const [kept] = await world.database
      .admin`select sealed from archive_entry where entry_id = ${told!.entryId}`;
    expect(kept).toEqual({ sealed: null });
    for (const other of [people.mother, people.leader]) {
      expect((await list(other)).map(({ id }) => id)).not.toContain(first.id);
      // The second lock, by itself (S-12).
      const rows = await lookAs(world.deps.db, other, (tx) =>
        tx.execute(sql`select 1 from contact_form where form_id = ${first.id}`),
      );
      expect(rows).toEqual([]);
    }
    await expect(
      lookAs(world.deps.db, mother, (tx) => tx.execute(sql`select sealed from archive_entry`)),
    ).rejects.toThrow();
  });

  test('and told again while the archive says nothing (RET-02)', async () => {
    const form = await sent(high(people.otherGuardian));
    await world.database.admin`update archive_entry set told_at = now() - interval '8 days'
      where entry_id = (select entry_id from contact_form where form_id = ${form.id})`;
    expect(await tellUnheardEntries(world.deps)).toBe(false);
    expect(new Set((await toldOf(form.id)).map(({ sealed }) => sealed)).size).toBe(1);
    expect(await toldOf(form.id)).toHaveLength(2);
    await tellUnheardEntries(world.deps);
    expect(await toldOf(form.id)).toHaveLength(2);
  });
});
