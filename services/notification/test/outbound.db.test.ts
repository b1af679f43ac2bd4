import { startFiks } from '@ranselpost/infra/simulators/archive/testing';
import { diskStore } from '@ranselpost/kit/files/disk';
import { putOutgoing } from '@ranselpost/kit/files/outgoing';
import type { FileStore } from '@ranselpost/kit/files/store';
import { newId } from '@ranselpost/kit/ids';
import type { Handler } from '@ranselpost/kit/consume';
import type { KeyRing } from '@ranselpost/kit/keys';
import { createLog } from '@ranselpost/kit/log';
import { AppError } from '@ranselpost/kit/pure/errors';
import { seal, sealFor } from '@ranselpost/kit/seal';
import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import type { Envelope } from '@ranselpost/schema/events/event';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openFiksIo } from '../src/clients/archive/index.ts';
import { openSvarUt } from '../src/clients/svarut/index.ts';
import { onLeaveDecisionOpened } from '../src/events/on-leave-decision-opened.ts';
import { onLeaveDecisionReleased } from '../src/events/on-leave-decision-released.ts';
import { onLeaveDecisionWritten } from '../src/events/on-leave-decision-written.ts';
import { onPlacementArchiveEntryDue } from '../src/events/on-placement-archive-entry-due.ts';
import { onPlacementDecisionOpened } from '../src/events/on-placement-decision-opened.ts';
import { onPlacementDecisionReleased } from '../src/events/on-placement-decision-released.ts';
import { onPlacementDecisionWritten } from '../src/events/on-placement-decision-written.ts';
import { migrations } from '../src/migrations.ts';
import * as archived from '../src/store/archive-entries.ts';
import * as decisions from '../src/store/decisions.ts';
import { bringOne, keepBringing, keepEntry } from '../src/usecases/bring-to-archive.ts';
import { endAccess } from '../src/usecases/forget-person.ts';
import type { OutboundDeps } from '../src/usecases/outbound-deps.ts';
import { keepDecisionText, moveLetters, takeAddress } from '../src/usecases/send-letters.ts';

const ring: KeyRing = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) };
const { publicKey, privateKeys } = sealPair();
const secret = 'Noen plager barnet vårt hver dag';
let database: TestDatabase;
let fiks: Awaited<ReturnType<typeof startFiks>>;
let deps: OutboundDeps;
let folder: string;
let place: FileStore;
const stopping = new AbortController();
let bringing: Promise<void>;

beforeAll(async () => {
  [database, fiks] = await Promise.all([testDatabase('notification', migrations), startFiks()]);
  folder = await mkdtemp(join(tmpdir(), 'notification-files-'));
  place = diskStore(folder);
  const { ids, own, url, amqpUrl } = fiks;
  const access = {
    ...{ scope: 'ks:fiks', integrationId: fiks.fiks.integrationId },
    ...{ integrationPassword: fiks.fiks.integrationPassword },
    tokens: { token: fiks.token, close: async () => {} },
  };
  deps = {
    ...{ db: database.db, log: createLog('notification', 'error'), now: () => new Date() },
    ...{ openKeys: privateKeys, contactKeys: ring, municipality: 'Tingvika kommune' },
    files: { get: (name) => place.get(name) },
    archive: openFiksIo({
      ...{ ...access, ...own, amqpUrl, base: `${url}/fiks-io/api`, accountId: ids.sender, againAfterMs: 20 },
      ...{ archiveAccountId: ids.archive, archiveCertificate: fiks.archive.certificate },
    }),
    letters: openSvarUt({ ...access, base: `${url}/svarut/api`, accountId: ids.letters }),
  };
  bringing = keepBringing(deps, 20, stopping.signal);
  await fiks.control('/svarut/modes', { stepMs: 1 });
}, 30_000);
afterEach(async () => {
  await fiks.control('/archive/faults', undefined, 'DELETE');
  await fiks.control('/svarut/faults', undefined, 'DELETE');
});
afterAll(async () => {
  stopping.abort();
  await bringing;
  await deps.archive.close();
  await deps.letters.close();
  await fiks.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const sumOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const document = (direction: 'IN' | 'OUT', kind: 'MESSAGE' | 'DECISION', text: string) => ({
  ...{ direction, kind, at: '2026-11-22T10:00:00.000Z', text },
  sha256: sumOf(text),
});
const entryOf = (entryId: string, documents = [document('IN', 'MESSAGE', secret)]): ArchiveEntry => ({
  ...{ entryId, caseId: newId(), title: 'Henvendelse fra foresatt', isProtected: false, unitId: newId() },
  screening: { code: 'UO', ground: 'offl. § 13' },
  ...{ parties: [{ role: 'SENDER', personId: newId(), name: 'Rolig Paraply' }], documents },
});
const keep = async (entry: ArchiveEntry, files: readonly archived.SealedFile[] = []): Promise<string> => {
  const sealed = await sealFor(publicKey, entry.entryId, entry);
  await database.db.asService((tx) => keepEntry(tx, { entryId: entry.entryId, sealed, files }));
  return sealed;
};
/** Seals a file of an entry, as whoever tells the entry does. */
const enclose = async (
  entryId: string,
  at: number,
  mediaType: string,
  content: Buffer,
): Promise<archived.SealedFile> => {
  const fileId = newId();
  const opening = await putOutgoing(place, fileId, Readable.from([content]));
  const sealed = await sealFor(publicKey, fileId, { ...opening, entryId, mediaType });
  return { fileId, place: at, sealed };
};
const filed = async (entryId: string) =>
  (
    await database.admin<{ data: { archiveId: string; caseNumber: string } }[]>`
      select data from outbox where type = 'notification.archive-entry.filed.v1' and subject = ${entryId}`
  ).map(({ data }) => data);
/** What was put off because something took too long, or fails as the test wants it, is due again at once; what is under way is not. */
const hurry = () =>
  database.admin`update archive_entry set next_at = now() where next_at < now() + interval '14 minutes'`;
const untilFiled = (entryId: string, times = 1) =>
  eventually(async () => {
    const all = await filed(entryId);
    if (all.length !== times) await hurry();
    expect(all).toHaveLength(times);
    return all[0]!;
  }, 50_000);
const soon = () => database.admin`update archive_entry set next_at = now() where next_at is not null`;
const inArchive = async (entryId: string) =>
  (
    (await fiks.control('/archive/entries')) as {
      entryKey: string;
      systemId: string;
      direction: string;
      documents: object[];
      contents: Record<string, string>;
    }[]
  ).filter(({ entryKey }) => entryKey.startsWith(entryId));

describe('what the archive is to have', () => {
  test('is brought there, and let go of with its receipt (ARK-01, ARK-08, RET-02)', async () => {
    const entry = entryOf(newId(), [
      document('IN', 'MESSAGE', secret),
      document('OUT', 'DECISION', 'Vedtak'),
    ]);
    const sealed = await keep(entry);
    expect(sealed).not.toContain(secret);
    const receipt = await untilFiled(entry.entryId);
    const kept = await inArchive(entry.entryId);
    expect(kept.map(({ direction }) => direction)).toEqual(['I', 'U']);
    expect(receipt).toEqual({
      entryId: entry.entryId,
      archiveId: kept[0]!.systemId,
      caseNumber: expect.any(String),
    });
    const [row] = await database.admin`select * from archive_entry where entry_id = ${entry.entryId}`;
    expect(row).toMatchObject({ sealed: null, case_number: receipt.caseNumber });
    // Whoever tells it again has not heard of the receipt: it is told once more, and nothing is archived twice.
    await keep(entry);
    await untilFiled(entry.entryId, 2);
    expect(await inArchive(entry.entryId)).toHaveLength(2);
  });

  test('is taken in of placement as of messaging (ADM-06)', async () => {
    const entry = entryOf(newId());
    const sealed = await sealFor(publicKey, entry.entryId, entry);
    await database.db.asService((tx) =>
      onPlacementArchiveEntryDue.handle(tx, { entryId: entry.entryId, sealed } as never, {} as Envelope),
    );
    await untilFiled(entry.entryId);
    expect(await inArchive(entry.entryId)).toHaveLength(1);
  });

  test('stays sealed while the archive is away or says no, and comes there in the end (ARK-01)', async () => {
    await fiks.control('/archive/faults', { kind: 'error', endpoint: 'send', status: 503, times: 1 });
    await fiks.control('/archive/faults', { kind: 'ugyldigforespoersel', endpoint: 'archive', times: null });
    const entry = entryOf(newId());
    await keep(entry);
    await eventually(async () => {
      const rows = await database.admin`select state from archive_message where entry_id = ${entry.entryId}`;
      expect([...rows]).toEqual([{ state: 'REFUSED' }]);
    });
    expect(await database.db.asService(archived.waitingSeconds)).toBeGreaterThan(0);
    const dump = JSON.stringify(await database.admin`select * from archive_entry, outbox`);
    for (const said of [secret, 'Rolig Paraply', 'Henvendelse']) expect(dump).not.toContain(said);
    await soon();
    await eventually(async () => expect(await database.db.asService(archived.refusedCount)).toBe(1));
    await fiks.control('/archive/faults', undefined, 'DELETE');
    await soon();
    await untilFiled(entry.entryId);
    expect(await inArchive(entry.entryId)).toHaveLength(1);
    expect(await database.db.asService(archived.refusedCount)).toBe(0);
  });

  test('comes there once when its receipt is lost, and when whoever brought it died before writing down its id (S-21)', async () => {
    await fiks.control('/archive/faults', { kind: 'silent', endpoint: 'archive' });
    const entry = entryOf(newId());
    await keep(entry);
    await eventually(async () => expect(await inArchive(entry.entryId)).toHaveLength(1));
    expect(await filed(entry.entryId)).toEqual([]);
    await database.admin`update archive_message set state = 'SENDING', message_id = null where entry_id = ${entry.entryId}`;
    await database.db.asService((tx) => archived.notSent(tx, null));
    await soon();
    await untilFiled(entry.entryId);
    expect(await inArchive(entry.entryId)).toHaveLength(1);
  });

  test('comes with its files, under names that say nothing, each with its sum (ARK-02, ARK-03, ARK-06, RET-02)', async () => {
    const entry = entryOf(newId(), [
      document('IN', 'MESSAGE', secret),
      document('OUT', 'DECISION', 'Vedtak'),
    ]);
    const { entryId } = entry;
    const [letter, picture] = [randomBytes(200_000), randomBytes(70_000)];
    const files = [
      await enclose(entryId, 1, 'application/pdf', letter),
      await enclose(entryId, 3, 'image/jpeg', picture),
    ];
    // The store is away at first: nothing goes without its files.
    const { get } = place;
    let tries = 0;
    place.get = () => {
      tries += 1;
      return Promise.reject(new AppError('UNAVAILABLE'));
    };
    await keep(entry, files);
    await eventually(() => expect(tries).toBeGreaterThan(0), 20_000);
    expect(await inArchive(entryId)).toEqual([]);
    place.get = get;
    await soon();
    await untilFiled(entryId);
    const [kept, other] = await inArchive(entryId);
    expect(kept!.documents).toEqual(
      [
        ['Henvendelse fra foresatt', 'MELDING', 'dokument.pdf', expect.any(String)],
        ['Vedlegg 1', 'KORR', 'vedlegg-1.pdf', sumOf(letter)],
        ['Vedlegg 3', 'KORR', 'vedlegg-3.jpg', sumOf(picture)],
      ].map(([title, type, file, sha256]) => ({ title, type, file, sha256 })),
    );
    expect(Buffer.from(kept!.contents['vedlegg-1.pdf']!, 'base64')).toEqual(letter);
    expect(Buffer.from(kept!.contents['vedlegg-3.jpg']!, 'base64')).toEqual(picture);
    expect(other!.documents).toHaveLength(1);
    const [row] = await database.admin`select sealed, files from archive_entry where entry_id = ${entryId}`;
    expect(row).toEqual({ sealed: null, files: [] });
  });

  test('does not go with a file that was exchanged or is another entry’s', async () => {
    const [entry, another] = [entryOf(newId()), entryOf(newId())];
    const [ours, exchanged] = await Promise.all(
      ['Vårt', 'Byttet'].map((text) => enclose(entry.entryId, 1, 'application/pdf', Buffer.from(text))),
    );
    await place.put(`${ours!.fileId}.out`, await place.get(`${exchanged!.fileId}.out`));
    await keep(entry, [ours!]);
    await keep(another, [exchanged!]);
    await eventually(async () => {
      const rows = await database.admin`
        select from archive_entry where entry_id = any (${[entry.entryId, another.entryId]}) and attempt > 0 and next_at > now()`;
      expect(rows).toHaveLength(2);
    }, 20_000);
    for (const { entryId } of [entry, another]) expect(await inArchive(entryId)).toEqual([]);
    await database.admin`delete from archive_entry where entry_id = any (${[entry.entryId, another.entryId]})`;
  });

  test('that does not open is told of and blocks nothing (S-24)', async () => {
    const entryId = newId();
    const sealed = await sealFor(sealPair().publicKey, entryId, entryOf(entryId));
    await database.db.asService((tx) => keepEntry(tx, { entryId, sealed }));
    const other = entryOf(newId());
    await keep(other);
    await untilFiled(other.entryId);
    expect(await filed(entryId)).toEqual([]);
    await database.admin`delete from archive_entry where entry_id = ${entryId}`;
    expect(await bringOne(deps)).toBe(false);
  });
});

describe('a decision that goes on paper', () => {
  const lettersSent = async (letterId: string) =>
    (
      (await fiks.control('/svarut/letters')) as { order: { eksternReferanse: string; mottaker: object } }[]
    ).filter(({ order }) => order.eksternReferanse === letterId);
  const stateOf = async (letterId: string) => {
    const [row] = await database.admin`
      select state, reason_by_hand as why, address, outside_id from letter where letter_id = ${letterId}`;
    return row as
      { state: string; why: string | null; address: string | null; outside_id: string | null } | undefined;
  };
  const wanted = async (personId: string = newId(), childId: string | null = null) => {
    const [decisionId, letterId] = [newId(), newId()];
    const text = { language: 'nn', text: secret };
    const sealed = await sealFor(publicKey, decisionId, text);
    await database.db.asService(async (tx) => {
      await decisions.keep(tx, {
        ...{ decisionId, personId, releasedAt: new Date().toISOString() },
        ...{ source: childId === null ? 'identity' : 'attendance', childId },
      });
      await keepDecisionText(tx, { decisionId, personId, sealed });
      await decisions.wantLetter(tx, { letterId, decisionId, reason: 'RESERVED' });
    });
    await moveLetters(deps);
    return { decisionId, letterId, personId };
  };
  const addressed = async (letterId: string, address: object) => {
    const sealed = await seal(ring, letterId, address);
    await database.db.asService((tx) => takeAddress(tx, deps, { letterId, sealed }));
  };
  const openAddress = {
    kind: 'OPEN',
    name: 'ROLIG PARAPLY',
    lines: ['Granittvegen 9'],
    postalCode: '5003',
    town: 'BERGEN',
  };

  test('is printed for whoever is reserved, with an address that nobody keeps and no number (KRR-04, S-10)', async () => {
    const { letterId, decisionId, personId } = await wanted();
    const asked = await database.admin`
      select data from outbox where type = 'notification.address.wanted.v1' and subject = ${letterId}`;
    expect(asked.map(({ data }) => data)).toEqual([{ letterId, personId }]);
    await addressed(letterId, openAddress);
    const dump = JSON.stringify(await database.admin`select * from letter, decision_text`);
    for (const said of [secret, 'PARAPLY', 'Granittvegen']) expect(dump).not.toContain(said);
    await moveLetters(deps);
    await eventually(async () => {
      await database.admin`update letter set next_at = now() where next_at is not null`;
      await moveLetters(deps);
      expect(await stateOf(letterId)).toMatchObject({ state: 'PRINTED', address: null });
    });
    const [letter, ...others] = await lettersSent(letterId);
    expect(others).toEqual([]);
    expect(letter!.order.mottaker).toEqual({
      ...{ navn: 'ROLIG PARAPLY', adresselinje1: 'Granittvegen 9', postnummer: '5003', poststed: 'BERGEN' },
    });
    expect(letter!.order).toMatchObject({ tittel: 'Brev frå Tingvika kommune', kunDigitalLevering: false });
    expect(await database.admin`select 1 from decision_text where decision_id = ${decisionId}`).toEqual([]);
  });

  test.each([
    ['attendance', onLeaveDecisionReleased, onLeaveDecisionWritten, onLeaveDecisionOpened],
    ['placement', onPlacementDecisionReleased, onPlacementDecisionWritten, onPlacementDecisionOpened],
  ] as const)(
    'is of %s as it is of identity: told, written, and opened no letter (KRR-09, BHG-15)',
    async (source, released, written, opened) => {
      const [decisionId, letterId, personId, childId] = [newId(), newId(), newId(), newId()];
      const hear = ({ contract, handle }: Handler, data: object) =>
        database.db.asService((tx) => handle(tx, contract.data.parse(data) as never, { source } as Envelope));
      const at = new Date().toISOString();
      await hear(released, { decisionId, personId, childId, releasedAt: at });
      await hear(written, {
        ...{ decisionId, personId },
        sealed: await sealFor(publicKey, decisionId, { language: 'nb', text: secret }),
      });
      expect(
        await database.admin`select d.source, d.child_id, d.person_id, n.notice_id is not null from decision d
        left join notice n on n.notice_id = d.decision_id where d.decision_id = ${decisionId}`.values(),
      ).toMatchObject([[source, childId, personId, true]]);
      await database.db.asService((tx) =>
        decisions.wantLetter(tx, { letterId, decisionId, reason: 'UNOPENED' }),
      );
      await moveLetters(deps);
      await addressed(letterId, openAddress);
      await hear(opened, { decisionId, personId, openedAt: at });
      await moveLetters(deps);
      expect(await stateOf(letterId)).toBeUndefined();
      expect(await database.admin`select reason from notice where notice_id = ${decisionId}`).toEqual([
        { reason: 'DROPPED' },
      ]);
    },
  );

  test('is not sent to whoever opens it before, nor by itself to somebody protected or without an address (S-08, ADR-08)', async () => {
    const opened = await wanted();
    await addressed(opened.letterId, openAddress);
    await database.db.asService((tx) =>
      decisions.open(tx, { ...opened, openedAt: new Date().toISOString() }),
    );
    const hidden = await wanted();
    await addressed(hidden.letterId, { kind: 'PROTECTED' });
    const nowhere = await wanted();
    await addressed(nowhere.letterId, { kind: 'NONE' });
    const shielded = await wanted();
    await addressed(shielded.letterId, openAddress);
    await database.admin`insert into protected_person (person_id) values (${shielded.personId})`;
    await moveLetters(deps);
    expect(await stateOf(opened.letterId)).toBeUndefined();
    expect(await stateOf(hidden.letterId)).toMatchObject({ state: 'BY_HAND', why: 'PROTECTED' });
    expect(await stateOf(nowhere.letterId)).toMatchObject({ state: 'BY_HAND', why: 'NO_ADDRESS' });
    expect(await stateOf(shielded.letterId)).toMatchObject({
      state: 'BY_HAND',
      why: 'PROTECTED',
      address: null,
    });
    for (const { letterId } of [opened, hidden, nowhere, shielded])
      expect(await lettersSent(letterId)).toEqual([]);
  });

  test('is not sent once its receiver is protected, also where it was taken to be sent with others before (S-08, ADR-12)', async () => {
    const both = [await wanted(), await wanted()];
    for (const { letterId } of both) await addressed(letterId, openAddress);
    const sent: string[] = [];
    const slow = async (letter: Parameters<OutboundDeps['letters']['send']>[0]): Promise<string> => {
      sent.push(letter.letterId);
      const other = both.find(({ letterId }) => letterId !== letter.letterId)!;
      await database.admin`insert into protected_person (person_id) values (${other.personId})`;
      return deps.letters.send(letter);
    };
    await moveLetters({ ...deps, letters: { ...deps.letters, send: slow } });
    const [kept] = both.filter(({ letterId }) => !sent.includes(letterId));
    expect(sent).toHaveLength(1);
    expect(await stateOf(kept!.letterId)).toMatchObject({
      state: 'BY_HAND',
      why: 'PROTECTED',
      address: null,
    });
    expect(await lettersSent(kept!.letterId)).toEqual([]);
  });

  test('for somebody protected is not written down as handed over, whatever the code thinks (S-12)', async () => {
    const { letterId, personId } = await wanted();
    await database.admin`insert into protected_person (person_id) values (${personId})`;
    await expect(addressed(letterId, openAddress)).rejects.toThrow();
  });

  test('about a child goes to whoever has access to it, and by hand where it is protected (GUA-10, S-08)', async () => {
    const [personId, childId, hiddenId] = [newId(), newId(), newId()];
    for (const child of [childId, hiddenId])
      await database.admin`insert into access.guardian (child_id, person_id, grant_id, ground) values (${child}, ${personId}, ${newId()}, 'GRANT')`;
    await database.admin`insert into protected_person (person_id) values (${hiddenId})`;
    const [own, lost, hidden] = [
      await wanted(personId, childId),
      await wanted(newId(), childId),
      await wanted(personId, hiddenId),
    ];
    for (const { letterId } of [own, lost]) await addressed(letterId, openAddress);
    expect(await stateOf(hidden.letterId)).toMatchObject({ state: 'BY_HAND', why: 'PROTECTED' });
    await moveLetters(deps);
    expect(await stateOf(own.letterId)).toMatchObject({ state: 'SENT' });
    expect(await stateOf(lost.letterId)).toMatchObject({ state: 'ADDRESSED' });
    expect(await lettersSent(lost.letterId)).toEqual([]);
    // And it is let go of once it is known that the right has ended.
    const ended = { personId: lost.personId, childId, hasOtherGrounds: false };
    await database.db.asService((tx) => endAccess(tx, ended));
    expect(await stateOf(lost.letterId)).toBeUndefined();
  });

  test('waits for SvarUt, and goes once (S-21)', async () => {
    const { letterId } = await wanted();
    await addressed(letterId, openAddress);
    await fiks.control('/svarut/faults', { kind: 'malformed', endpoint: 'send' });
    await moveLetters(deps);
    expect(await stateOf(letterId)).toMatchObject({ state: 'ADDRESSED' });
    await database.admin`update letter set next_at = now() where letter_id = ${letterId}`;
    await moveLetters(deps);
    const [letter, ...others] = await lettersSent(letterId);
    expect([letter !== undefined, others]).toEqual([true, []]);
    expect(await stateOf(letterId)).toMatchObject({ state: 'SENT' });
  });
});
