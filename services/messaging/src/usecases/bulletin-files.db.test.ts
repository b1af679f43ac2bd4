import type { Clean } from '@ranselpost/kit/files/clean';
import { newId } from '@ranselpost/kit/ids';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { aPhoto, plantedInPhotos } from '@ranselpost/kit/testing/pictures';
import { sql } from 'drizzle-orm';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passTime, sentBroadcast, waiting, wishFor } from '../../test/broadcasting.ts';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { newsWish, passNewsTime, publishedNews, writtenNews } from '../../test/publishing.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, sent, start } from '../../test/writing.ts';
import { withdrawNews } from './change-news.ts';
import { erasePerson } from './erase-person.ts';
import { publishNews } from './publish-news.ts';
import { giveFile, readAttachments, readBulletinAttachments } from './read-attachments.ts';
import { sendBroadcast } from './send-broadcast.ts';
import { undoBroadcast, withdrawBroadcast } from './take-back-broadcast.ts';
import { takeFile } from './take-file.ts';
import { dropOldFiles } from './tend-files.ts';

const { leader, office, teacher, mother, father, otherGuardian } = people;
const toGroupA = { places: [{ unitId: places.school, groupId: places.groupA }] };
const letter = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <<>>\n%%EOF\n');
let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { clean } = world.deps.files;
  Object.assign(world.deps.files, {
    clean: ((type, content, output) =>
      type.kind === 'picture' ? clean(type, content, output) : Promise.resolve(undefined)) satisfies Clean,
  });
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

async function file(by: PersonActor, content: Buffer = letter): Promise<string> {
  const result = await takeFile(world.deps, by, 'Ukeplan.pdf', Readable.from([content]));
  if (!result.ok) throw new Error(`not taken: ${result.refusal}`);
  return result.value.id;
}
const showingNobody = (...ids: string[]) => ids.map((id) => ({ id, childIds: [] }));
const linkFor = (actor: PersonActor, id: string) =>
  world.deps.links.make(actor, { id, part: 'whole' }, new Date());
const given = async (actor: PersonActor, id: string) =>
  buffer((await giveFile(world.deps, actor, linkFor(actor, id))).content);
const idsOf = async (actor: Actor, bulletinId: string) =>
  (await readBulletinAttachments(world.deps, actor, [bulletinId]))[0]!.map(({ id }) => id);
const known = async (id: string) =>
  (await world.database.admin`select from attachment where id = ${id}`).length;
const kindOf = (result: { ok: true } | { ok: false; refusal: { kind: string } }) =>
  result.ok ? 'taken' : result.refusal.kind;

const outsiders: [string, PersonActor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['the leader of another school', people.otherLeader],
  ['a guardian who is signed in as staff (GUA-24)', staff(mother.personId)],
  ['who sent it, signed in as a guardian (GUA-24)', { ...teacher, kind: 'guardian' }],
];

describe('files with what is said to many', () => {
  test('are for whoever may read it, from the moment that it is out, and for nobody else (M07, S-09, MSG-18)', async () => {
    const [plan, photo] = [await file(teacher), await file(teacher, await aPhoto(60, 40))];
    const wish = wishFor({ ...toGroupA, files: showingNobody(plan) });
    const first = await sendBroadcast(world.deps, teacher, wish);
    expect(await sendBroadcast(world.deps, teacher, wish)).toMatchObject({ ok: true });
    if (!first.ok) throw new Error(first.refusal.kind);
    const [broadcastId, newsId] = [
      first.value.id,
      (await writtenNews(world, teacher, { ...toGroupA, files: showingNobody(photo), isReread: true })).id,
    ];
    for (const actor of [mother, office, leader] as const)
      expect([await idsOf(actor, broadcastId), await failure(given(actor, plan))]).toEqual([[], 'NOT_FOUND']);
    expect(await idsOf(teacher, broadcastId)).toEqual([plan]);
    await passTime(world);
    await passNewsTime(world);
    for (const actor of [mother, father, otherGuardian, office, teacher, people.assistant]) {
      expect([await idsOf(actor, broadcastId), await idsOf(actor, newsId)]).toEqual([[plan], [photo]]);
      expect(await given(actor, plan)).toEqual(letter);
    }
    const shown = await given(mother, photo);
    expect(plantedInPhotos.filter((trace) => shown.includes(trace))).toEqual([]);
    // A broadcast was for who was there; news are for who is.
    expect(await failure(giveFile(world.deps, otherGuardian, linkFor(mother, plan)))).toBe('NOT_FOUND');
    for (const [, actor] of outsiders)
      for (const one of [plan, photo]) {
        expect((await readAttachments(world.deps, actor, [one])).size).toBe(0);
        expect([...(await idsOf(actor, broadcastId)), ...(await idsOf(actor, newsId))]).toEqual([]);
        expect(await failure(given(actor, one))).toBe('NOT_FOUND');
      }
    expect(await idsOf(machine, newsId)).toEqual([]);
    const told = await world.database.admin`
      select from outbox where type = 'messaging.child.read.v1'`;
    expect(told).toHaveLength(0);
  });

  test('are given to nobody any more whose right has ended, by the same link (S-04)', async () => {
    const one = await file(teacher);
    await publishedNews(world, teacher, { ...toGroupA, files: showingNobody(one) });
    const link = linkFor(otherGuardian, one);
    expect(await buffer((await giveFile(world.deps, otherGuardian, link)).content)).toEqual(letter);
    await world.identity.guardians(children.half, [mother.personId]);
    await world.settled();
    expect(await failure(giveFile(world.deps, otherGuardian, link))).toBe('NOT_FOUND');
    await world.identity.guardians(children.half, [mother.personId, otherGuardian.personId]);
    await world.settled();
  });

  test('show no child, whoever it is, and nothing is stored when they would (MSG-18, CON-07, ADR-06)', async () => {
    const one = await file(teacher);
    for (const childIds of [[children.ours], [children.hidden], [newId()]]) {
      const files = [{ id: one, childIds }];
      expect(kindOf(await sendBroadcast(world.deps, teacher, wishFor({ ...toGroupA, files })))).toBe(
        'consent-missing',
      );
      expect(kindOf(await publishNews(world.deps, teacher, newsWish({ ...toGroupA, files })))).toBe(
        'consent-missing',
      );
    }
    const files = [{ id: one, childIds: null }];
    expect(kindOf(await publishNews(world.deps, teacher, newsWish({ ...toGroupA, files })))).toBe(
      'file-not-declared',
    );
    const others = showingNobody(await file(leader));
    expect(kindOf(await publishNews(world.deps, teacher, newsWish({ ...toGroupA, files: others })))).toBe(
      'attachment-gone',
    );
    expect((await readAttachments(world.deps, teacher, [one])).get(one)?.bulletin).toBeNull();
  });

  test('go with one thing, and are gone when it says nothing any more (MSG-17)', async () => {
    const ids = [await file(leader), await file(leader), await file(leader), await file(leader)] as const;
    const undone = await waiting(world, leader, { files: showingNobody(ids[0]) });
    expect(kindOf(await publishNews(world.deps, leader, newsWish({ files: showingNobody(ids[0]) })))).toBe(
      'attachment-gone',
    );
    await undoBroadcast(world.deps, leader, undone.id);
    const out = await sentBroadcast(world, leader, { files: showingNobody(ids[1]) });
    await withdrawBroadcast(world.deps, leader, out.id);
    const post = await publishedNews(world, leader, { files: showingNobody(ids[2]) });
    await withdrawNews(world.deps, leader, post);
    const old = await publishedNews(world, leader, { files: showingNobody(ids[3]) });
    expect(await idsOf(mother, old)).toEqual([ids[3]]);
    await world.database.admin`delete from news where id = ${old}`;
    for (const id of ids) expect(await known(id)).toBe(0);
    expect(
      await world.database.admin`select from file_to_erase where id = any (${[...ids]}::uuid[])`,
    ).toHaveLength(4);
  });

  test('are kept after a day, and after whoever sent them is erased (RET-08)', async () => {
    const [used, unused] = [await file(office), await file(office)];
    const post = await publishedNews(world, office, { files: showingNobody(used) });
    const deps = { ...world.deps, now: () => new Date(Date.now() + 25 * 3_600_000) };
    await dropOldFiles(deps);
    expect([await known(used), await known(unused)]).toEqual([1, 0]);
    await world.deps.db.asService((tx) => erasePerson(tx, office.personId));
    expect(await idsOf(mother, post)).toEqual([used]);
    expect(await world.database.admin`select owner_id from attachment where id = ${used}`).toEqual([
      { owner_id: null },
    ]);
  });
});

describe('row-level security alone (S-12)', () => {
  const rows = (actor: Actor, statement: ReturnType<typeof sql>) =>
    lookAs(world.deps.db, actor, (tx) => tx.execute(statement)).then(
      ({ count }) => count,
      (error: Error & { cause?: { code?: string } }) => error.cause?.code,
    );
  const look = (id: string) => sql`select from attachment where id = ${id}`;
  const attach = (id: string, bulletin: string, kind = 'NEWS', showsNoChild = true) => sql`
    update attachment set bulletin_id = ${bulletin}, bulletin_kind = ${kind}, shows_no_child = ${showsNoChild} where id = ${id}`;

  test('shows a file to whoever may read what it goes with', async () => {
    const [plan, paper, early] = [await file(teacher), await file(teacher), await file(teacher)];
    await sentBroadcast(world, teacher, { ...toGroupA, files: showingNobody(plan) });
    await publishedNews(world, teacher, { ...toGroupA, files: showingNobody(paper) });
    await writtenNews(world, teacher, { ...toGroupA, files: showingNobody(early) });
    for (const actor of [mother, father, leader, people.teacherOfB])
      expect([await rows(actor, look(plan)), await rows(actor, look(paper))]).toEqual([1, 1]);
    expect([await rows(mother, look(early)), await rows(teacher, look(early))]).toEqual([0, 1]);
    for (const [, actor] of outsiders)
      expect([await rows(actor, look(plan)), await rows(actor, look(paper))]).toEqual([0, 0]);
  });

  test('takes none that may show a child, that is another’s, or for what is out already', async () => {
    const [mine, others] = [await file(teacher), await file(leader)];
    const { id: waits } = await writtenNews(world, teacher, toGroupA);
    const { id: waitsOfLeader } = await writtenNews(world, leader);
    expect(await rows(teacher, attach(mine, waits, 'NEWS', false))).toBe('23514');
    expect(await rows(teacher, sql`update attachment set bulletin_id = ${waits} where id = ${mine}`)).toBe(
      '42501',
    );
    expect(await rows(teacher, attach(mine, waitsOfLeader))).toBe('42501');
    expect(await rows(teacher, attach(mine, waits, 'BROADCAST'))).toBe('42501');
    expect(await rows(teacher, attach(others, waits))).toBe(0);
    await passNewsTime(world);
    expect(await rows(teacher, attach(mine, waits))).toBe('42501');
    const message = sent(await start(world, mother));
    const ofMother = await file(mother);
    expect(await rows(mother, attach(ofMother, message.id))).toBe('42501');
  });

  test('switched off, the policy still shows and gives nothing (S-12)', async () => {
    const [plan, paper] = [await file(teacher), await file(teacher)];
    const { id: broadcastId } = await sentBroadcast(world, teacher, {
      ...{ ...toGroupA, files: showingNobody(plan) },
    });
    const newsId = await publishedNews(world, teacher, { ...toGroupA, files: showingNobody(paper) });
    const tables = ['attachment', 'news', 'broadcast', 'broadcast_recipient'];
    const each = async (verb: string) => {
      for (const name of tables)
        await world.database.admin.unsafe(`alter table ${name} ${verb} row level security`);
    };
    await each('disable');
    try {
      for (const [, actor] of outsiders) {
        expect([...(await idsOf(actor, broadcastId)), ...(await idsOf(actor, newsId))]).toEqual([]);
        for (const id of [plan, paper]) expect(await failure(given(actor, id))).toBe('NOT_FOUND');
      }
    } finally {
      await each('enable');
    }
  });
});
