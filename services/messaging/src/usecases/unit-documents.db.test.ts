import type { Clean } from '@ranselpost/kit/files/clean';
import { newId } from '@ranselpost/kit/ids';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machine, people, places, tellFamilies } from '../../test/families.ts';
import { writtenNews } from '../../test/publishing.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { failure } from '../../test/writing.ts';
import type { UnitDocument } from '../domain/unit-document.ts';
import { erasePerson } from './erase-person.ts';
import { dropOldNews } from './publish-due-news.ts';
import {
  type DocumentWish,
  publishUnitDocument,
  reviseUnitDocument,
  withdrawUnitDocument,
} from './publish-unit-document.ts';
import { readBulletinAttachments } from './read-attachments.ts';
import { readDocuments, readUnitDocuments } from './read-unit-documents.ts';
import { takeFile } from './take-file.ts';

const { leader, office, teacher, teacherOfB, mother, otherGuardian } = people;
const [toSchool, toA, toB] = [null, places.groupA, places.groupB].map((groupId) => ({
  places: [{ unitId: places.school, groupId }],
}));
let world: World;
let ofSchool: UnitDocument;
let ofA: UnitDocument;
let ofB: UnitDocument;
beforeAll(async () => {
  world = await openWorld();
  Object.assign(world.deps.files, { clean: (() => Promise.resolve(undefined)) satisfies Clean });
  await tellFamilies(world.identity);
  await world.settled();
  ofSchool = await published(leader, { ...toSchool });
  ofA = await published(teacher, { ...toA, category: 'PLAN' });
  ofB = await published(teacherOfB, { ...toB });
});
afterAll(() => world.close());

const wish = (more: Partial<DocumentWish> = {}): DocumentWish => ({
  ...{ unitId: places.school, category: 'ROUTINE', places: toSchool!.places, isReread: false, files: [] },
  ...{ text: { title: 'Henting', body: 'Før klokka fire.' }, validFrom: today, idempotencyKey: newId() },
  ...more,
});
async function published(actor: Actor, more: Partial<DocumentWish> = {}): Promise<UnitDocument> {
  const result = await publishUnitDocument(world.deps, actor, wish(more));
  if (!result.ok) throw new Error(`not taken: ${result.refusal.kind}`);
  return result.value;
}
const revise = (actor: Actor, documentId: string, more: Partial<DocumentWish> = {}) =>
  reviseUnitDocument(world.deps, actor, { ...wish(more), documentId });
const withdraw = (actor: Actor, documentId: string, versionId: string | null = null) =>
  withdrawUnitDocument(world.deps, actor, { documentId, versionId });
const seenBy = async (actor: Actor, ...ids: string[]) => [
  ...(await readDocuments(world.deps, actor, ids)).keys(),
];
const listOf = async (actor: Actor, unitId = places.school, more = {}) =>
  (
    await readUnitDocuments(world.deps, actor, { unitId, category: null, first: 100, after: null, ...more })
  )?.map(({ id }) => id) ?? null;

const outsiders: [string, PersonActor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff (GUA-24)', staff(mother.personId)],
  ['the leader, signed in as a guardian (GUA-24)', { ...leader, kind: 'guardian' }],
];

/** Once with both locks, and once with the policy alone. */
function refusals(): void {
  test.each([...outsiders, ['a machine', machine] as const])(
    'nothing is shown to %s, taken from them or taken back by them',
    async (_who, actor) => {
      const all = [ofSchool, ofA, ofB].map(({ id }) => id);
      expect(await seenBy(actor, ...all)).toEqual([]);
      expect(await listOf(actor)).toBeNull();
      expect(await listOf(actor, newId())).toBeNull();
      expect(await failure(publishUnitDocument(world.deps, actor, wish(toA)))).toBe('NOT_FOUND');
      for (const id of [...all, newId()]) {
        expect(await failure(revise(actor, id))).toBe('NOT_FOUND');
        expect(await failure(withdraw(actor, id))).toBe('NOT_FOUND');
      }
    },
  );

  test('guardians find what is for the school and their children’s groups; only who may speak there changes it (GUA-13)', async () => {
    expect(await listOf(mother)).toEqual([ofB.id, ofA.id, ofSchool.id]);
    expect(await listOf(mother, places.school, { category: 'PLAN' })).toEqual([ofA.id]);
    expect(await listOf(people.assistant)).toEqual([ofB.id, ofA.id, ofSchool.id]);
    for (const actor of [mother, people.assistant, teacherOfB]) {
      expect(await failure(revise(actor, ofA.id))).toBe('NOT_FOUND');
      expect(await failure(withdraw(actor, ofA.id))).toBe('NOT_FOUND');
    }
    const mayRevise = async (actor: Actor) =>
      (await readDocuments(world.deps, actor, [ofA.id])).get(ofA.id)!.mayRevise;
    expect([await mayRevise(teacher), await mayRevise(leader), await mayRevise(mother)]).toEqual([
      ...[true, true, false],
    ]);
  });
}

describe('of documents', () => {
  refusals();
});

describe('with row-level security switched off, the policy still (S-12):', () => {
  const each = (verb: 'disable' | 'enable') =>
    world.database.admin.unsafe(`alter table unit_document ${verb} row level security`);
  beforeAll(() => each('disable'));
  afterAll(() => each('enable'));
  refusals();
});

describe('row-level security alone (S-12)', () => {
  const rows = (actor: Actor, statement: ReturnType<typeof sql>) =>
    lookAs(world.deps.db, actor, (tx) => tx.execute(statement)).then(
      (found) => (found[0] as { count?: number } | undefined)?.count ?? found.count,
      (error: Error & { cause?: { code?: string } }) => error.cause?.code,
    );
  const insert = (by: string, place: string, more: { documentId?: string; category?: string } = {}) => sql`
    insert into unit_document (id, document_id, unit_id, places, category, title, body, valid_from, published_by, idempotency_key)
    values (${newId()}, ${more.documentId ?? newId()}, ${places.school}, array[${place}], ${more.category ?? 'ROUTINE'}, 't', 'b',
      now(), ${by}, ${newId()})`;
  const inA = `${places.school}:${places.groupA}`;

  test.each(outsiders)('shows nothing to %s, and takes nothing', async (_who, actor) => {
    expect(await rows(actor, sql`select from unit_document`)).toBe(0);
    expect(await rows(actor, insert(actor.personId, inA))).toBe('42501');
    expect(await rows(actor, sql`select withdraw_unit_document(${ofA.id}, null) as count`)).toBe(0);
  });

  test('takes nothing for other places, in another’s name, or as another document; and changes nothing', async () => {
    expect(await rows(teacher, insert(teacher.personId, places.school))).toBe('42501');
    expect(await rows(teacher, insert(leader.personId, inA))).toBe('42501');
    expect(await rows(leader, insert(leader.personId, inA, { documentId: ofSchool.id }))).toBe('42501');
    const renamed = { documentId: ofA.id, category: 'RULES' };
    expect(await rows(teacher, insert(teacher.personId, inA, renamed))).toBe('42501');
    expect(await rows(leader, sql`update unit_document set title = 'x'`)).toBe('42501');
    expect(await rows(leader, sql`delete from unit_document`)).toBe('42501');
    for (const actor of [teacherOfB, people.assistant, mother])
      expect(await rows(actor, sql`select withdraw_unit_document(${ofA.id}, null) as count`)).toBe(0);
    expect(await rows(otherGuardian, sql`select from unit_document where document_id = ${ofA.id}`)).toBe(1);
  });
});

describe('a document', () => {
  test('is valid from its day, has its versions, and is its unit’s and not its author’s (M32)', async () => {
    const { id } = await published(teacher, toA);
    const next = await revise(leader, id, {
      ...{ text: { title: 'Henting', body: 'Før klokka fem.' }, validFrom: addDays(today, 3) },
    });
    if (!next.ok) throw new Error(next.refusal.kind);
    const shown = (await readDocuments(world.deps, mother, [id])).get(id)!;
    expect(shown.versions.map(({ text }) => text.body)).toEqual(['Før klokka fem.', 'Før klokka fire.']);
    expect(shown.current?.text.body).toBe('Før klokka fire.');
    expect(shown.places).toEqual(toA!.places);
    expect(await withdraw(teacher, id, shown.versions[0]!.id)).toEqual({ left: 1 });
    expect(await failure(withdraw(teacher, id, shown.versions[0]!.id))).toBe('NOT_FOUND');
    expect(await withdraw(leader, id)).toEqual({ left: 0 });
    for (const actor of [mother, teacher, leader]) expect(await seenBy(actor, id)).toEqual([]);
    expect(await listOf(mother)).not.toContain(id);
    expect(
      await world.database
        .admin`select body from unit_document where document_id = ${id} order by valid_from`,
    ).toEqual([{ body: 'Før klokka fire.' }, { body: 'Før klokka fem.' }]);
    expect(await world.database.admin`select from outbox where type like 'messaging.notice.%'`).toHaveLength(
      0,
    );
  });

  test('has its files for whoever finds it, and they leave with it', async () => {
    const taken = await takeFile(
      world.deps,
      teacher,
      'Plan.pdf',
      Readable.from([Buffer.from('%PDF-1.7\n%%EOF\n')]),
    );
    if (!taken.ok) throw new Error(taken.refusal);
    const files = [{ id: taken.value.id, childIds: [] }];
    const { id, versions } = await published(teacher, { ...toA, files, text: { title: 'Plan', body: '' } });
    const filesOf = async (actor: Actor) =>
      (await readBulletinAttachments(world.deps, actor, [versions[0]!.id]))[0]!.map((file) => file.id);
    for (const actor of [mother, otherGuardian, office])
      expect(await filesOf(actor)).toEqual([taken.value.id]);
    for (const [, actor] of outsiders) expect(await filesOf(actor)).toEqual([]);
    await withdraw(teacher, id);
    expect(await world.database.admin`select from attachment where id = ${taken.value.id}`).toHaveLength(0);
  });

  test('is not found where it is for a group that does not exist (S-06)', async () => {
    const nowhere = wish({ places: [{ unitId: places.school, groupId: newId() }] });
    expect(await failure(publishUnitDocument(world.deps, leader, nowhere))).toBe('NOT_FOUND');
  });

  test('is published for a group that has no children yet by whoever works with it alone, as news are', async () => {
    const newcomer = staff();
    const place = { unitId: places.school, groupId: newId() };
    await world.identity.roles(newcomer.personId, [{ role: 'CONTACT_TEACHER', ...place }]);
    await world.settled();
    const { id } = await published(newcomer, { places: [place] });
    expect(await seenBy(newcomer, id)).toEqual([id]);
    expect(await seenBy(mother, id)).toEqual([]);
    expect(await writtenNews(world, newcomer, { places: [place] })).toMatchObject({ state: 'WAITING' });
    await world.database.admin`delete from news`;
    // The same human at home speaks to nobody (GUA-24).
    expect(
      await failure(publishUnitDocument(world.deps, guardian(newcomer.personId), wish({ places: [place] }))),
    ).toBe('NOT_FOUND');
  });

  test('is not brought back by a version that is published while it is taken back', async () => {
    const { id } = await published(leader);
    let revised: Promise<unknown> | undefined;
    await world.database.admin.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('unit document ' || ${id}, 0))`;
      await tx`update unit_document set withdrawn_at = now() where document_id = ${id}`;
      revised = failure(revise(leader, id));
      await eventually(async () => {
        const waiting = await world.database
          .admin`select from pg_locks where locktype = 'advisory' and not granted`;
        if (waiting.length === 0) throw new Error('it does not wait yet');
      });
    });
    expect(await revised).toBe('NOT_FOUND');
    expect(await seenBy(leader, id)).toEqual([]);
  });

  test('is the same under the same key, and comes in pages', async () => {
    const same = wish(toA);
    const [first, again] = [
      await publishUnitDocument(world.deps, teacher, same),
      await publishUnitDocument(world.deps, teacher, same),
    ];
    expect(again).toEqual(first);
    expect(await failure(reviseUnitDocument(world.deps, teacher, { ...same, documentId: ofA.id }))).toBe(
      'BAD_USER_INPUT',
    );
    // Also where it was corrected since, from an earlier day.
    const { id } = await published(teacher, same);
    expect(await revise(teacher, id, { validFrom: addDays(today, -30) })).toMatchObject({ ok: true });
    expect(await published(teacher, same)).toMatchObject({ id });
    const whole = (await listOf(mother))!;
    const page = (await listOf(mother, places.school, { first: 1 }))!;
    expect(page).toEqual(whole.slice(0, 2));
    expect(await listOf(mother, places.school, { after: page[0] })).toEqual(whole.slice(1));
  });

  test('is not published where news are stopped, nor shown where they are hidden, and can be taken back (X07)', async () => {
    const { id } = await published(leader);
    const stopped = { feature: 'NEWS', state: 'SUSPENDED' } as const;
    await world.identity.features(places.school, [stopped]);
    await world.settled();
    expect(await revise(leader, id)).toMatchObject({ refusal: { kind: 'feature-closed' } });
    const bare = sql`
      insert into unit_document (id, document_id, unit_id, places, category, title, body, valid_from, published_by, idempotency_key)
      values (${newId()}, ${newId()}, ${places.school}, array[${places.school}], 'RULES', 't', 'b', now(), ${leader.personId}, 'k')`;
    await expect(lookAs(world.deps.db, leader, (tx) => tx.execute(bare))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    expect(await seenBy(mother, id)).toEqual([id]);
    expect(await withdraw(leader, id)).toEqual({ left: 0 });
    await world.identity.features(places.school, [{ ...stopped, isReadable: false }]);
    await world.settled();
    expect(await seenBy(mother, ofSchool.id)).toEqual([]);
    expect(await listOf(mother)).toEqual([]);
  });

  test('forgets who published it, and is gone some time after it was taken back (RET-03, RET-08)', async () => {
    await world.deps.db.asService((tx) => erasePerson(tx, leader.personId));
    expect(
      await world.database.admin`
        select from unit_document where ${leader.personId} in (published_by, withdrawn_by)`,
    ).toHaveLength(0);
    const { count } = await world.database.admin`select from unit_document where withdrawn_at is not null`;
    expect(await dropOldNews(world.deps, 30)).toBe(0);
    const later = { ...world.deps, now: () => new Date(Date.now() + 31 * 86_400_000) };
    expect(await dropOldNews(later, 30)).toBe(count);
    expect(
      await world.database.admin`select from unit_document where id = ${ofA.versions[0]!.id}`,
    ).toHaveLength(1);
  });
});
