import type { Clean } from '@ranselpost/kit/files/clean';
import { readOutgoing } from '@ranselpost/kit/files/outgoing';
import { newId } from '@ranselpost/kit/ids';
import type { GuardianActor, PersonActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { openOwn } from '@ranselpost/kit/seal';
import { aPhoto } from '@ranselpost/kit/testing/pictures';
import {
  type ArchiveEntry,
  archiveEntrySchema,
  archiveFileSchema,
} from '@ranselpost/schema/events/archive-entry';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { aboutNoStaff } from '../domain/safety-concern.ts';
import { answer, failure, sent, start } from '../../test/writing.ts';
import * as archiveFiles from '../store/archive-files.ts';
import type { Deps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import { moveToCase } from './put-away.ts';
import { readAttachments } from './read-attachments.ts';
import { readContactForms } from './read-contact-forms.ts';
import { markFiled, tellUnheardEntries } from './seal-for-archive.ts';
import { sealNextFile } from './seal-next-file.ts';
import { type KeyedForm, sendContactForm } from './send-contact-form.ts';
import { takeFile } from './take-file.ts';
import { dropOldFiles, eraseNext, lookAtNext, sweepFiles } from './tend-files.ts';

const { mother, father, teacher } = people;
const letter = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <<>>\n%%EOF\n');
const secretName = 'Legeerklæring for Olaug';
const high = (actor: PersonActor) => ({ ...actor, level: 'high' as const }) as GuardianActor;
const stranger = high(people.stranger);
let world: World;
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
});
afterAll(() => world.close());

const withScanner = (scan: Deps['files']['scan']): Deps => ({
  ...world.deps,
  files: { ...world.deps.files, scan },
});
const away = () =>
  withScanner(async (content) => {
    content.destroy();
    throw new AppError('UNAVAILABLE');
  });
const finding = (found: 'CLEAN' | 'FOUND') =>
  withScanner(async (content) => {
    content.destroy();
    return found;
  });
const later = (deps: Deps, ms = 300_000): Deps => ({ ...deps, now: () => new Date(Date.now() + ms) });

async function file(by: PersonActor, content: Buffer = letter, deps = world.deps): Promise<string> {
  const taken = await takeFile(deps, by, `${secretName}.pdf`, Readable.from([content]));
  return taken.ok ? taken.value.id : expect.unreachable(taken.refusal);
}
const write = (by: PersonActor, attachmentIds: string[], more: Partial<KeyedForm> = {}) =>
  sendContactForm(world.deps, by, {
    ...{ unitId: places.school, childIds: [], about: '', senderName: '', subject: '', text: 'Se vedlegg' },
    ...{ attachmentIds, aboutStaff: aboutNoStaff, idempotencyKey: newId(), ...more },
  });
async function form(by: PersonActor, attachmentIds: string[]): Promise<string> {
  const result = await write(by, attachmentIds);
  return result.ok ? result.value.id : expect.unreachable(result.refusal.kind);
}
const sealAll = async (deps = world.deps) => {
  while (await sealNextFile(deps));
};
const emptyBin = async () => {
  while (await eraseNext(world.deps));
};

interface Told {
  readonly entryId: string;
  readonly sealed: string;
  readonly files?: readonly { readonly fileId: string; readonly place: number; readonly sealed: string }[];
}
/** What was told of a case: a form, or a message by its entry. */
const told = async (entryId: string): Promise<readonly Told[]> =>
  (
    await world.database.admin<{ data: Told }[]>`
      select data from outbox where type = 'messaging.archive-entry.due.v1' and subject = ${entryId} order by id`
  ).map(({ data }) => data);
const entryOf = async (formId: string): Promise<string> => {
  const [row] = await world.database.admin<{ id: string }[]>`
    select entry_id as id from form_case where form_id = ${formId}`;
  return row!.id;
};
const opened = ({ entryId, sealed }: Told): Promise<ArchiveEntry> =>
  openOwn(world.outboundKeys, entryId, sealed, archiveEntrySchema);
/** The files of an entry, as whoever has the private key reads them. */
const brought = ({ entryId, files = [] }: Told) =>
  Promise.all(
    files.map(async ({ fileId, place, sealed }) => {
      const opening = await openOwn(world.outboundKeys, fileId, sealed, archiveFileSchema);
      expect(opening.entryId).toBe(entryId);
      const content = await buffer(readOutgoing(world.deps.files.place, fileId, opening));
      return { place, mediaType: opening.mediaType, content };
    }),
  );
const lying = async (): Promise<string[]> =>
  (await readdir(world.folder, { recursive: true })).filter((name) => /[0-9a-f-]{36}/.test(name));
const aLetter = (place: number) => ({ place, mediaType: 'application/pdf', content: letter });

describe('files of a contact form', () => {
  test('come from whoever sends one, are sealed for the archive alone, and gone when that has them (ARK-01, ARK-03, MSG-13, RET-02)', async () => {
    expect(await failure(takeFile(world.deps, people.stranger, 'a', Readable.from([letter])))).toBe(
      'FORBIDDEN',
    );
    const [first, second] = [await file(stranger), await file(stranger, await aPhoto(60, 40))];
    const id = await form(stranger, [second, first]);
    const entryId = await entryOf(id);
    // It is nobody's any more, not even its sender's, and nothing is told before all of it is through.
    expect((await readAttachments(world.deps, stranger, [first, second])).size).toBe(0);
    expect(await write(stranger, [first])).toMatchObject({ refusal: { kind: 'attachment-gone' } });
    expect(await told(entryId)).toEqual([]);
    await sealAll();
    const [due, ...others] = await told(entryId);
    expect(others).toEqual([]);
    const files = await brought(due!);
    expect(files).toEqual([{ place: 1, mediaType: 'image/jpeg', content: expect.any(Buffer) }, aLetter(2)]);
    expect(await opened(due!)).toMatchObject({
      title: 'Henvendelse fra foresatt',
      documents: [{ text: expect.stringContaining(`1. ${secretName}.jpg\n2. ${secretName}.pdf`) }],
    });
    // Nothing of it can be read here: not what it is called, nor its content by any key that there is.
    await emptyBin();
    expect((await lying()).filter((name) => name.includes(first) || name.includes(second))).toEqual([]);
    const names = await lying();
    expect(names).toHaveLength(2);
    for (const name of names) {
      expect((await readFile(join(world.folder, name))).includes('Catalog')).toBe(false);
      await expect(world.deps.files.store.get(name.slice(3)).then(buffer)).rejects.toThrow();
    }
    const dump = JSON.stringify(
      await world.database.admin`
      select to_jsonb(f) as f, to_jsonb(e) as e, to_jsonb(o) as o from archive_entry e join archive_file f using (entry_id)
      join outbox o on o.subject = e.entry_id::text where e.entry_id = ${entryId}`,
    );
    for (const said of ['Olaug', 'Vedlegg', first, second]) expect(dump).not.toContain(said);
    // It waits for the archive, whoever is erased, and is told again with its files.
    await world.deps.db.asService((tx) => erasePerson(tx, stranger.personId));
    await dropOldFiles(later(world.deps));
    expect(await sweepFiles(later(world.deps, 8 * 86_400_000))).toBe(0);
    await world.database
      .admin`update archive_entry set told_at = now() - interval '8 days' where entry_id = ${entryId}`;
    await tellUnheardEntries(world.deps);
    expect(await told(entryId)).toEqual([due, due]);
    await world.deps.db.asService((tx) =>
      markFiled(tx, { entryId, archiveId: newId(), caseNumber: '2026/118' }),
    );
    await emptyBin();
    expect(await lying()).toEqual([]);
  });

  test('are the sender’s own, and go once, by either lock (S-12)', async () => {
    const [ours, theirs] = [await file(mother), await file(father)];
    for (const ids of [[theirs], [newId()], [ours, theirs]])
      expect(await write(high(mother), ids)).toMatchObject({ refusal: { kind: 'attachment-gone' } });
    const ids = Array.from({ length: 11 }, newId);
    expect(await write(high(mother), ids)).toMatchObject({ refusal: { kind: 'attachments-too-many' } });
    const message = sent(
      await start(world, teacher, { attachmentIds: [await file(teacher)], isReread: true }),
    );
    const [read] = await world.database.admin<
      { id: string }[]
    >`select id from attachment where message_id = ${message.id}`;
    for (const id of [theirs, read!.id])
      await world.deps.db.asService(async (tx) => {
        const [entry] = await world.database.admin<
          { id: string }[]
        >`select entry_id as id from archive_entry limit 1`;
        expect(await archiveFiles.bringOfSender(tx, entry!.id, mother.personId, [id])).toBe(0);
        expect(await archiveFiles.bringOfMessage(tx, entry!.id, message.id, [id])).toBe(0);
      });
    const key = newId();
    const both = await Promise.all([1, 2].map(() => write(high(mother), [ours], { idempotencyKey: key })));
    const [one, other] = both.map((result) =>
      result.ok ? result.value : expect.unreachable(result.refusal.kind),
    );
    expect(one).toMatchObject({ id: other!.id, fileCount: 1, refusedFileCount: 0 });
    await sealAll();
    expect(await told(await entryOf(one!.id))).toHaveLength(1);
  });

  test('wait sealed for a scanner that is away, and those go without which it refuses, which the sender is told (MSG-11)', async () => {
    const [bad, good] = [await file(mother, letter, away()), await file(mother)];
    const id = await form(high(mother), [bad, good]);
    const entryId = await entryOf(id);
    await sealAll();
    expect(await lookAtNext(later(away()))).toBe(false);
    await sealAll();
    expect(await told(entryId)).toEqual([]);
    await lookAtNext(later(finding('FOUND'), 600_000));
    await sealAll(later(world.deps, 600_000));
    const [due, ...others] = await told(entryId);
    expect(others).toEqual([]);
    expect(await brought(due!)).toEqual([aLetter(2)]);
    const notices = await world.database.admin`
      select data from outbox where type = 'messaging.notice.due.v1' and data ->> 'subjectId' = ${id}`;
    expect(notices).toMatchObject([{ data: { unitId: null, recipients: [{ personId: mother.personId }] } }]);
    const [shown] = await readContactForms(world.deps, mother, { first: 1, after: null });
    expect(shown).toMatchObject({ id, fileCount: 2, refusedFileCount: 1 });
  });
});

describe('whatever is away or dies', () => {
  /** Ends after its nth step, which has been done; or, where it is the store, before. */
  function dying(after: number): { readonly deps: Deps; readonly steps: () => number } {
    let steps = 0;
    const step = async <Done>(work: () => Promise<Done>): Promise<Done> => {
      if (steps >= after) throw new Error('dead');
      const done = await work();
      steps += 1;
      if (steps === after) throw new Error('died');
      return done;
    };
    const { db, files } = world.deps;
    const deps: Deps = {
      ...world.deps,
      db: { ...db, asService: (work) => step(() => db.asService(work)) },
      files: {
        ...files,
        place: { ...files.place, put: (name, content) => step(() => files.place.put(name, content)) },
      },
    };
    return { deps, steps: () => steps };
  }

  test('each file comes once and whole, wherever it was broken off (S-21, ARK-01)', async () => {
    for (let after = 1, isThrough = false; !isThrough; after += 1) {
      const id = await form(high(father), [await file(father), await file(father)]);
      const { deps, steps } = dying(after);
      isThrough = await sealAll(deps).then(
        () => true,
        () => false,
      );
      expect(steps()).toBeGreaterThan(0);
      await sealAll(later(world.deps));
      const [due, ...others] = await told(await entryOf(id));
      expect(others).toEqual([]);
      expect(await brought(due!)).toEqual([aLetter(1), aLetter(2)]);
      expect(after).toBeLessThan(12);
    }
    // What nobody knows of is swept; what the archive is to have is not.
    await emptyBin();
    const known = await world.database.admin`select id from archive_file`;
    await sweepFiles(later(world.deps, 7_200_000));
    expect((await lying()).filter((name) => name.endsWith('.out'))).toHaveLength(known.length);
  });

  test('two at once seal a file once, and a store that is away holds up nobody else’s (S-21)', async () => {
    const id = await form(high(mother), [await file(mother)]);
    await Promise.all([sealNextFile(world.deps), sealNextFile(world.deps)]);
    const [due, ...others] = await told(await entryOf(id));
    expect(others).toEqual([]);
    expect(await brought(due!)).toEqual([aLetter(1)]);
    const [stuck, next] = [
      await form(high(mother), [await file(mother)]),
      await form(high(mother), [await file(mother)]),
    ];
    const isAway = {
      ...world.deps,
      files: {
        ...world.deps.files,
        place: { ...world.deps.files.place, put: () => Promise.reject(new AppError('UNAVAILABLE')) },
      },
    };
    expect(await failure(sealNextFile(isAway))).toBe('UNAVAILABLE');
    await sealAll();
    expect(await told(await entryOf(next))).toHaveLength(1);
    expect(await told(await entryOf(stuck))).toEqual([]);
    await sealAll(later(world.deps));
    expect(await told(await entryOf(stuck))).toHaveLength(1);
  });
});

test('files of a message that is moved to a case come with it, though the child is erased before (MSG-12, RET-02, RET-08)', async () => {
  const child = newId();
  await world.identity.guardians(child, [mother.personId]);
  await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
  await world.settled();
  const first = sent(await start(world, teacher, { childIds: [child] }));
  const [gone, kept, waits] = [await file(mother), await file(mother), await file(mother, letter, away())];
  const more = { attachmentIds: [gone, kept, waits], isReread: true };
  const { id } = sent(await answer(world, mother, first.id, more));
  // One that was refused meanwhile is no part of it.
  await world.database.admin`update attachment set state = 'REFUSED', refusal = 'MALWARE' where id = ${gone}`;
  expect(await moveToCase(world.deps, teacher, id)).toMatchObject({ ok: true });
  const [concern] = await world.database.admin<{ entry_id: string }[]>`
    select entry_id from safety_concern order by raised_at desc limit 1`;
  const entryId = concern!.entry_id;
  await world.deps.db.asService((tx) => erasePerson(tx, child));
  await sealAll();
  expect(await told(entryId)).toEqual([]);
  await lookAtNext(later(finding('CLEAN')));
  await sealAll(later(world.deps));
  const [due, ...others] = await told(entryId);
  expect(others).toEqual([]);
  expect(await brought(due!)).toEqual([aLetter(1), aLetter(2)]);
  const entry = await opened(due!);
  expect(entry.parties).toContainEqual({ role: 'CHILD', personId: child, name: null });
  expect(entry.documents[0]!.text).toContain(`2. ${secretName}.pdf`);
});
