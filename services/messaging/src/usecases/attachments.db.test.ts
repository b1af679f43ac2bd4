import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Clean } from '@ranselpost/kit/files/clean';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { aPhoto, pictureOf, plantedInPhotos } from '@ranselpost/kit/testing/pictures';
import { lookAs } from '@ranselpost/kit/testing/look';
import { protectionRaisedV1 } from '@ranselpost/schema/events/identity/protection-raised.v1';
import { sql } from 'drizzle-orm';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { answer, failure, inboxOf, refusal, sent, start } from '../../test/writing.ts';
import type { Deps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import { giveFile, readAttachments, readMessageAttachments } from './read-attachments.ts';
import { moveToCase, withdrawMessage } from './put-away.ts';
import { releaseMessage } from './release-message.ts';
import { takeFile } from './take-file.ts';
import { dropOldFiles, eraseNext, lookAtNext, sweepFiles } from './tend-files.ts';

const { mother, father, teacher, leader } = people;
const letter = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <<>>\n%%EOF\n');
let world: World;
let photo: Buffer;
beforeAll(async () => {
  world = await openWorld();
  // The kit's tests look through documents, each in a process of its own; here that is done with pictures alone.
  const { clean } = world.deps.files;
  Object.assign(world.deps.files, {
    clean: ((type, content, output) =>
      type.kind === 'picture' ? clean(type, content, output) : Promise.resolve(undefined)) satisfies Clean,
  });
  await tellFamilies(world.identity);
  await world.settled();
  photo = await aPhoto(60, 40);
});
afterAll(() => world.close());

const send = (by: Actor, content: Buffer = letter, deps: Deps = world.deps) =>
  takeFile(deps, by, 'Brev.pdf', Readable.from([content]));
async function file(by: PersonActor, content: Buffer = letter): Promise<string> {
  const result = await send(by, content);
  if (!result.ok) throw new Error(`not taken: ${result.refusal}`);
  return result.value.id;
}
const seenBy = async (actor: Actor, id: string) =>
  (await readAttachments(world.deps, actor, [id])).get(id)?.state;
const linkFor = (actor: PersonActor, id: string, part: 'whole' | 'thumbnail' = 'whole') =>
  world.deps.links.make(actor, { id, part }, new Date());
const given = async (actor: PersonActor, id: string, part?: 'thumbnail') =>
  buffer((await giveFile(world.deps, actor, linkFor(actor, id, part))).content);
const lying = async (id: string) =>
  (await readdir(world.folder, { recursive: true })).filter((name) => name.includes(id)).length;
const emptyBin = async () => {
  while (await eraseNext(world.deps));
};
const withScanner = (scan: Deps['files']['scan']): Deps => ({
  ...world.deps,
  files: { ...world.deps.files, scan },
});
const away = () =>
  withScanner(async (content) => {
    content.destroy();
    throw new AppError('UNAVAILABLE');
  });

const outsiders: [string, PersonActor][] = [
  ['a stranger', people.stranger],
  ['a guardian of another child', people.otherGuardian],
  ['the other guardian, who was not chosen (MSG-05)', father],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['the leader of another school', people.otherLeader],
  ['who sent it, signed in as staff (GUA-24)', staff(mother.personId)],
];

/** To whom nothing of a protected child is told, whether or not it has gone home. */
const unnamed: readonly PersonActor[] = [
  ...[people.office, people.assistant, people.teacherOfB, people.afterSchool, people.otherLeader],
  ...[people.otherGuardian, people.former, people.blocked, people.stranger],
];
/** A file that waits with what its sender wrote of a protected child. */
async function heldFile(): Promise<{ readonly id: string; readonly messageId: string }> {
  const id = await file(teacher);
  const held = sent(await start(world, teacher, { childIds: [children.hidden], attachmentIds: [id] }));
  expect(held.state).toBe('HELD');
  return { id, messageId: held.id };
}

describe('a file', () => {
  test('is its sender’s until it goes with a message, and then for whom that is (S-09, ADR-17)', async () => {
    const id = await file(mother, photo);
    for (const [, actor] of [...outsiders, ['', teacher] as const]) {
      expect(await seenBy(actor, id)).toBeUndefined();
      expect(await failure(given(actor, id))).toBe('NOT_FOUND');
    }
    expect(await seenBy(mother, id)).toBe('READY');
    const message = sent(await start(world, mother, { attachmentIds: [id], isReread: true }));
    for (const [, actor] of outsiders) {
      expect(await seenBy(actor, id)).toBeUndefined();
      expect(await readMessageAttachments(world.deps, actor, [message.id])).toEqual([[]]);
      expect(await failure(given(actor, id))).toBe('NOT_FOUND');
      expect(await failure(giveFile(world.deps, actor, linkFor(mother, id)))).toBe('NOT_FOUND');
    }
    await world.database.admin`delete from outbox where type = 'messaging.child.read.v1'`;
    const got = await given(teacher, id);
    expect(plantedInPhotos.filter((trace) => got.includes(trace))).toEqual([]);
    expect((await pictureOf(got)).width).toBe(60);
    expect((await pictureOf(await given(mother, id, 'thumbnail'))).format).toBe('jpeg');
    const told = await world.database.admin`select data from outbox where type = 'messaging.child.read.v1'`;
    expect(told).toMatchObject([
      { data: { readerId: teacher.personId, reads: [{ childId: children.ours, kind: 'MESSAGE' }] } },
    ]);
  });

  test('is given to nobody any more whose right has ended, by the same link (S-04)', async () => {
    const { identity, settled, deps } = world;
    const [child, gone] = [newId(), newId()];
    const leaving = { kind: 'guardian' as const, personId: gone, level: 'substantial' as const };
    await identity.guardians(child, [mother.personId, gone]);
    await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await settled();
    const id = await file(mother);
    const more = { childIds: [child], alsoGuardianIds: [gone], attachmentIds: [id] };
    sent(await start(world, mother, more));
    const link = linkFor(leaving, id);
    expect(await buffer((await giveFile(deps, leaving, link)).content)).toEqual(letter);
    await identity.guardians(child, [mother.personId]);
    await settled();
    expect(await failure(giveFile(deps, leaving, link))).toBe('NOT_FOUND');
    expect(await given(teacher, id)).toEqual(letter);
  });

  test('with what is held waits with it, and goes home with it (S-08)', async () => {
    const { id, messageId } = await heldFile();
    const revealed = async (actor: PersonActor) => [
      await seenBy(actor, id),
      ...(await readMessageAttachments(world.deps, actor, [messageId])),
      await failure(given(actor, id)),
      await failure(giveFile(world.deps, actor, linkFor(leader, id))),
      refusal(await start(world, mother, { attachmentIds: [id] })),
    ];
    const nothing = [undefined, [], 'NOT_FOUND', 'NOT_FOUND', 'attachment-gone'];
    for (const actor of [mother, father, ...unnamed]) expect(await revealed(actor)).toEqual(nothing);
    expect(await seenBy(leader, id)).toBe('READY');
    expect((await releaseMessage(world.deps, leader, messageId)).ok).toBe(true);
    for (const actor of [mother, father]) expect(await given(actor, id)).toEqual(letter);
    for (const actor of unnamed) expect(await revealed(actor)).toEqual(nothing);
  });

  test('of a child who is protected from now on closes by itself to who is not named or no guardian any more, and is kept for the others (ADR-12)', async () => {
    const { identity, settled, database } = world;
    const child = newId();
    const place = [{ unitId: places.school, groupIds: [places.groupA] }];
    await identity.guardians(child, [mother.personId, father.personId]);
    await identity.enrolments(child, place);
    await settled();
    const id = await file(teacher);
    const message = sent(await start(world, teacher, { childIds: [child], attachmentIds: [id] }));
    const before = [father, leader, people.assistant, people.office];
    const links = before.map((actor) => [actor, linkFor(actor, id)] as const);
    for (const actor of before) expect(await given(actor, id)).toEqual(letter);
    const named = { personId: teacher.personId, from: '2020-01-01', to: '2099-01-01' };
    await identity.enrolments(child, place, [named]);
    await identity.guardians(child, [mother.personId]);
    const raised = { raiseId: newId(), personId: child, acknowledgeBy: new Date().toISOString() };
    await identity.tell(protectionRaisedV1, raised);
    await settled();
    expect(
      await database.admin`select from outbox where type = 'messaging.protection.acknowledged.v1'`,
    ).toHaveLength(1);
    for (const [actor, link] of links) {
      expect(await failure(giveFile(world.deps, actor, link))).toBe('NOT_FOUND');
      expect(await inboxOf(world, actor)).not.toContain(message.threadId);
    }
    for (const actor of [mother, teacher]) expect(await given(actor, id)).toEqual(letter);
  });

  test('goes with one message, of its sender’s own, and not with more than ten or 60 MB', async () => {
    const id = await file(mother);
    const first = sent(await start(world, mother, { attachmentIds: [id] }));
    const of = async (actor: PersonActor, attachmentIds: string[]) =>
      refusal(await answer(world, actor, first.id, { attachmentIds }));
    expect(await of(mother, [id])).toBe('attachment-gone');
    const another = await file(father);
    expect(await of(mother, [another])).toBe('attachment-gone');
    expect(await of(mother, [newId()])).toBe('attachment-gone');
    expect(await of(mother, Array.from({ length: 11 }, newId))).toBe('attachments-too-many');
    const [one, two] = [await file(teacher), await file(teacher)];
    await world.database.admin`update attachment set bytes = 40000000 where id = any (${[one, two]})`;
    expect(await of(teacher, [one, two])).toBe('attachments-too-large');
    expect(await of(teacher, [one, one])).toBe('sent');
    const [left, right] = await Promise.all([of(teacher, [two]), of(teacher, [two])]);
    expect([left, right].toSorted()).toEqual(['attachment-gone', 'sent']);
  });

  test('is judged by its name with the text; a picture wants a look, and nothing goes until it has had one (MSG-11, M13)', async () => {
    const named = async (name: string, content: Buffer) => {
      const taken = await takeFile(world.deps, mother, name, Readable.from([content]));
      return taken.ok ? taken.value.id : expect.unreachable(taken.refusal);
    };
    const [plan, picture] = [await named('Plan.pdf', letter), await named('Turen.jpg', photo)];
    const diverted = await named('Mobbing av Emma.pdf', letter);
    const first = sent(await start(world, mother));
    const looks = {
      refusal: { kind: 'text-to-reread', findings: [{ part: { kind: 'ATTACHMENT', index: 1 } }] },
    };
    const belongsElsewhere = { refusal: { kind: 'text-diverted' } };
    for (const write of [
      (more: { attachmentIds: string[]; isReread: boolean }) => start(world, mother, more),
      (more: { attachmentIds: string[]; isReread: boolean }) => answer(world, mother, first.id, more),
    ]) {
      expect(await write({ attachmentIds: [plan, plan, picture], isReread: false })).toMatchObject(looks);
      for (const isReread of [false, true])
        expect(await write({ attachmentIds: [plan, diverted], isReread })).toMatchObject(belongsElsewhere);
      // What is not the writer's to send is not judged for them: nobody learns what another's file is called.
      expect(refusal(await start(world, father, { attachmentIds: [diverted] }))).toBe('attachment-gone');
    }
    expect(
      refusal(await answer(world, mother, first.id, { attachmentIds: [plan, picture], isReread: true })),
    ).toBe('sent');
  });

  test('is taken of nobody who could write to nobody, and not without end', async () => {
    for (const actor of [people.stranger, people.blocked, people.formerTeacher, machine])
      expect(await failure(send(actor))).toBe('FORBIDDEN');
    await world.database.admin`
      insert into attachment (id, owner_id, owner_as, name, media_type, bytes)
      select gen_random_uuid(), ${people.kindergartenStaff.personId}, 'staff', 'a', 'application/pdf', 1 from generate_series(1, 30)`;
    expect(await failure(send(people.kindergartenStaff))).toBe('RATE_LIMITED');
  });
});

describe('a scanner', () => {
  test('that is away keeps a file from everybody until it has looked, and messages from nobody', async () => {
    const taken = await send(mother, letter, away());
    expect(taken).toMatchObject({ ok: true, value: { state: 'SCANNING' } });
    const { id } = taken.ok ? taken.value : { id: '' };
    const message = sent(await start(world, mother, { attachmentIds: [id] }));
    const [files] = await readMessageAttachments(world.deps, teacher, [message.id]);
    expect(files).toMatchObject([{ id, state: 'SCANNING' }]);
    expect(await failure(given(teacher, id))).toBe('NOT_FOUND');
    const soon = (deps: Deps): Deps => ({ ...deps, now: () => new Date(Date.now() + 60_000) });
    expect(await lookAtNext(away())).toBe(false);
    expect(await lookAtNext(soon(away()))).toBe(false);
    expect(await failure(given(teacher, id))).toBe('NOT_FOUND');
    const later: Deps = { ...world.deps, now: () => new Date(Date.now() + 300_000) };
    expect(await lookAtNext(later)).toBe(true);
    expect(await given(teacher, id)).toEqual(letter);
  });

  test('that finds something late leaves nothing of the file but that it was refused', async () => {
    const taken = await send(mother, letter, away());
    const { id } = taken.ok ? taken.value : { id: '' };
    sent(await start(world, mother, { attachmentIds: [id] }));
    const found = withScanner(async (content) => {
      content.destroy();
      return 'FOUND';
    });
    await lookAtNext({ ...found, now: () => new Date(Date.now() + 300_000) });
    expect((await readAttachments(world.deps, teacher, [id])).get(id)).toMatchObject({
      ...{ state: 'REFUSED', refusal: 'MALWARE' },
    });
    expect(await lying(id)).toBe(0);
    const late = await send(mother, letter, found);
    expect(late).toEqual({ ok: false, refusal: 'MALWARE' });
  });
});

describe('what is gone leaves no file', () => {
  test('withdrawn with its message, and not when moved to a case (MSG-12, MSG-17)', async () => {
    for (const state of ['WITHDRAWN', 'MOVED'] as const) {
      const id = await file(mother, photo);
      const message = sent(await start(world, mother, { attachmentIds: [id], isReread: true }));
      expect(await lying(id)).toBe(2);
      const put =
        state === 'MOVED'
          ? await moveToCase(world.deps, teacher, message.id)
          : await withdrawMessage(world.deps, mother, message.id);
      expect(put.ok).toBe(true);
      expect(await readMessageAttachments(world.deps, teacher, [message.id])).toEqual([[]]);
      expect(await failure(given(teacher, id))).toBe('NOT_FOUND');
      await emptyBin();
      // What is moved is kept for the case, and nobody here is given it.
      expect(await lying(id)).toBe(state === 'MOVED' ? 2 : 0);
    }
  });

  test('erased with the child; of who sent it, what goes with nothing (RET-08)', async () => {
    const { identity, settled, database } = world;
    const child = newId();
    await identity.guardians(child, [mother.personId, father.personId]);
    await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await settled();
    const [kept, unused] = [await file(mother), await file(mother)];
    const more = { childIds: [child], alsoGuardianIds: [father.personId], attachmentIds: [kept] };
    sent(await start(world, mother, more));
    const erase = (id: string) => world.deps.db.asService((tx) => erasePerson(tx, id));
    await erase(mother.personId);
    expect(await database.admin`select owner_id from attachment where id = any (${[kept, unused]})`).toEqual([
      { owner_id: null },
    ]);
    await erase(child);
    await emptyBin();
    expect([await lying(kept), await lying(unused)]).toEqual([0, 0]);
  });

  test('sent in and not used for a day, or never known; and pictures a month after leaving (RET-03, RET-04)', async () => {
    const { identity, settled, deps } = world;
    const child = newId();
    await identity.guardians(child, [father.personId]);
    await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await settled();
    const [unused, picture, text] = [await file(father), await file(father, photo), await file(father)];
    sent(await start(world, father, { childIds: [child], attachmentIds: [picture, text], isReread: true }));
    const evidence = await file(father, photo);
    const moved = { childIds: [child], attachmentIds: [evidence], isReread: true };
    await moveToCase(deps, teacher, sent(await start(world, father, moved)).id);
    await deps.files.store.put(newId(), Readable.from([Buffer.from('x')]));
    await dropOldFiles(deps);
    expect(await sweepFiles(deps)).toBe(0);
    const tomorrow: Deps = { ...deps, now: () => new Date(Date.now() + 25 * 3_600_000) };
    await dropOldFiles(tomorrow);
    await emptyBin();
    expect(await sweepFiles(tomorrow)).toBe(1);
    expect([await lying(unused), await lying(picture), await lying(text)]).toEqual([0, 2, 1]);
    const left = async (days: number) => {
      await world.database.admin`
        update access.enrolment set from_day = ${addDays(today, -400)}, to_day = ${addDays(today, -days)} where child_id = ${child}`;
      await dropOldFiles(deps);
      await emptyBin();
    };
    await left(20);
    expect(await lying(picture)).toBe(2);
    await left(40);
    expect([await lying(picture), await lying(text)]).toEqual([0, 1]);
    // Nothing that belongs to a case goes without a ground (ARK-05).
    expect(await lying(evidence)).toBe(2);
  });
});

describe('row-level security alone (S-12)', () => {
  test('shows a file to nobody else, and takes none in another’s name or with another’s message', async () => {
    const { db } = world.deps;
    const [waiting, other] = [await file(teacher), await file(father)];
    const id = await file(teacher);
    const message = sent(await start(world, teacher, { leaveOut: [], attachmentIds: [id] }));
    const count = (actor: Actor, one: string) =>
      lookAs(db, actor, (tx) => tx.execute(sql`select id from attachment where id = ${one}`)).then(
        (rows) => rows.length,
      );
    for (const [, actor] of outsiders.filter(([, one]) => one !== father))
      expect([await count(actor, id), await count(actor, waiting)]).toEqual([0, 0]);
    expect([await count(father, id), await count(father, waiting), await count(teacher, waiting)]).toEqual([
      1, 0, 1,
    ]);
    const held = await heldFile();
    for (const actor of [mother, father, ...unnamed]) expect(await count(actor, held.id)).toBe(0);
    expect(await count(leader, held.id)).toBe(1);
    const barred = async (actor: Actor, statement: ReturnType<typeof sql>) =>
      lookAs(db, actor, (tx) => tx.execute(statement)).then(
        (rows) => rows.count,
        (error: Error & { cause?: { code?: string } }) => error.cause?.code,
      );
    const insert = (owner: string, as: string) => sql`
      insert into attachment (id, owner_id, owner_as, name, media_type, bytes)
      values (${newId()}, ${owner}, ${as}, 'a', 'application/pdf', 1)`;
    expect(await barred(father, insert(teacher.personId, 'staff'))).toBe('42501');
    expect(await barred(father, insert(father.personId, 'staff'))).toBe('42501');
    expect(await barred(people.formerTeacher, insert(people.formerTeacher.personId, 'staff'))).toBe('42501');
    const attach = (one: string) => sql`update attachment set message_id = ${message.id} where id = ${one}`;
    expect(await barred(father, attach(other))).toBe('42501');
    expect(await barred(father, attach(waiting))).toBe(0);
    expect(await barred(teacher, sql`update attachment set state = 'READY' where id = ${waiting}`)).toBe(
      '42501',
    );
    expect(await barred(teacher, sql`delete from attachment where id = ${waiting}`)).toBe('42501');
  });

  test('switched off, the policy still shows and gives nothing (S-12)', async () => {
    const id = await file(teacher);
    const waiting = await file(teacher);
    const message = sent(await start(world, teacher, { childIds: [children.half], attachmentIds: [id] }));
    const held = await heldFile();
    await world.database.admin`alter table attachment disable row level security`;
    try {
      for (const actor of [mother, father, ...unnamed]) {
        expect(await seenBy(actor, held.id)).toBeUndefined();
        expect(await failure(given(actor, held.id))).toBe('NOT_FOUND');
      }
      for (const [, actor] of outsiders.filter(([, one]) => one !== people.otherGuardian)) {
        expect([...(await readAttachments(world.deps, actor, [id, waiting])).keys()]).toEqual([]);
        expect(await readMessageAttachments(world.deps, actor, [message.id])).toEqual([[]]);
        expect(await failure(given(actor, id))).toBe('NOT_FOUND');
      }
    } finally {
      await world.database.admin`alter table attachment enable row level security`;
    }
  });
});
