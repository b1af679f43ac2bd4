import { startFiks } from '@ranselpost/infra/simulators/archive/testing';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ArchiveMessage } from '../domain/archive-message.ts';
import { type Archive, type ArchiveReply, openFiksIo } from './archive/index.ts';
import { writePdf } from './paper/index.ts';
import { type Letters, openSvarUt } from './svarut/index.ts';

let fiks: Awaited<ReturnType<typeof startFiks>>;
let archive: Archive;
let letters: Letters;
let pdf: Buffer;
const replies: ArchiveReply[] = [];
const faults: unknown[] = [];
const listening = new AbortController();
let listener: Promise<void>;
/** What the handler throws at the next reply. */
let refusal: Error | undefined;

beforeAll(async () => {
  fiks = await startFiks();
  const { ids, own, url, amqpUrl } = fiks;
  const access = {
    ...{ scope: 'ks:fiks', integrationId: fiks.fiks.integrationId },
    ...{ integrationPassword: fiks.fiks.integrationPassword },
    tokens: { token: fiks.token, close: async () => {} },
  };
  archive = openFiksIo({
    ...{ ...access, ...own, amqpUrl, base: `${url}/fiks-io/api`, accountId: ids.sender },
    ...{ archiveAccountId: ids.archive, archiveCertificate: fiks.archive.certificate, againAfterMs: 20 },
  });
  letters = openSvarUt({ ...access, base: `${url}/svarut/api`, accountId: ids.letters });
  pdf = await writePdf({
    ...{ title: 'Henvendelse', language: 'nb-NO', address: null, place: [] },
    ...{ text: 'Åse Žižek skriver 😀', at: new Date() },
  });
  listener = archive.listen(
    async (reply) => {
      const failing = refusal;
      refusal = undefined;
      if (failing !== undefined) throw failing;
      replies.push(reply);
    },
    listening.signal,
    (error) => faults.push(error),
  );
  await fiks.control('/svarut/modes', { stepMs: 1 });
}, 30_000);
afterEach(async () => {
  await fiks.control('/archive/faults', undefined, 'DELETE');
  await fiks.control('/svarut/faults', undefined, 'DELETE');
});
afterAll(async () => {
  listening.abort();
  await listener;
  await archive.close();
  await letters.close();
  await fiks.close();
});

let keys = 0;
const message = (more: Partial<ArchiveMessage> = {}): ArchiveMessage => ({
  ...{ key: `entry-${(keys += 1)}`, caseKey: `case-${keys}`, title: 'Henvendelse fra foresatt' },
  ...{ screening: { code: 'UO', ground: 'offl. § 13' }, direction: 'I', documentType: 'MELDING' },
  sender: { personId: 'p1', name: 'Rolig & <Paraply>' },
  children: [
    { personId: 'c1', name: null },
    { personId: 'c2', name: 'Rolig Ransel' },
  ],
  ...{ at: '2026-11-22T10:00:00.000Z', ...more },
});
const repliesTo = (id: string, kind?: ArchiveReply['kind']) =>
  eventually(() => {
    const found = replies.filter(({ messageId }) => messageId === id);
    const last = found.find((reply) => reply.kind === (kind ?? reply.kind));
    if (last === undefined) throw new Error('no reply yet');
    return found;
  });

describe('the archive', () => {
  test('keeps a neutral title, screened, and answers with its own id and the case number (ARK-02, ARK-03, ARK-08)', async () => {
    const sent = message();
    const found = await repliesTo(await archive.send(sent, pdf, []), 'FILED');
    const [entry] = (await fiks.control('/archive/entries')).filter(
      ({ entryKey }: { entryKey: string }) => entryKey === sent.key,
    );
    expect(found).toEqual([
      { kind: 'TAKEN', messageId: found[0]!.messageId },
      {
        kind: 'FILED',
        messageId: found[0]!.messageId,
        archiveId: entry.systemId,
        caseNumber: entry.caseNumber,
      },
    ]);
    expect(entry).toMatchObject({
      ...{ title: 'Henvendelse fra foresatt', caseTitle: 'Henvendelse fra foresatt', direction: 'I' },
      ...{ screening: { code: 'UO', ground: 'offl. § 13' }, isCaseScreened: true },
    });
    expect(entry.parties).toEqual([
      { role: 'EA', name: 'Rolig & <Paraply>' },
      { role: 'PART', name: 'Ikke oppgitt' },
      { role: 'PART', name: 'Rolig Ransel' },
    ]);
    const kept = Buffer.from(entry.contents['dokument.pdf'], 'base64');
    expect(kept).toEqual(pdf);
    expect(entry.documents[0].sha256).toBe(createHash('sha256').update(pdf).digest('hex'));
  });

  test('archives once what is brought twice, in the same case (ARK-01)', async () => {
    const sent = message();
    const [first, second] = [await archive.send(sent, pdf, []), await archive.send(sent, pdf, [])];
    const filed = (await Promise.all([repliesTo(first, 'FILED'), repliesTo(second, 'FILED')])).map((found) =>
      found.find(({ kind }) => kind === 'FILED'),
    );
    expect(filed[0]).toMatchObject({ ...filed[1], messageId: first });
  });

  test('says no by a code alone', async () => {
    await fiks.control('/archive/faults', { kind: 'serverfeil', endpoint: 'archive' });
    const id = await archive.send(message(), pdf, []);
    expect(await repliesTo(id, 'REFUSED')).toEqual([{ kind: 'REFUSED', messageId: id, code: 'serverfeil' }]);
    const wrong = await archive.send(message({ caseKey: '' }), pdf, []);
    expect(await repliesTo(wrong, 'REFUSED')).toEqual([
      { kind: 'REFUSED', messageId: wrong, code: 'ugyldigforespoersel' },
    ]);
  });

  test('answers again what could not be handled, and after the line was cut', async () => {
    refusal = new Error('the database is away');
    const id = await archive.send(message(), pdf, []);
    await repliesTo(id, 'FILED');
    expect(faults).toContainEqual(expect.objectContaining({ message: 'the database is away' }));
    await fiks.control('/archive/faults', { kind: 'offline', endpoint: 'archive', times: null });
    const later = await archive.send(message(), pdf, []);
    await fiks.control('/archive/cut-off', {});
    await fiks.control('/archive/faults', undefined, 'DELETE');
    await repliesTo(later, 'FILED');
  });
});

describe('SvarUt', () => {
  const letter = (letterId: string) => ({
    ...{ letterId, title: 'Brev fra Tingvika kommune', pdf },
    to: { name: 'ROLIG PARAPLY', lines: ['Granittvegen 9'], postalCode: '5003', town: 'BERGEN' },
  });

  test('prints a letter that has no number in it (S-10, KRR-04)', async () => {
    const id = await letters.send(letter('l1'));
    await eventually(async () => expect((await letters.statuses([id])).get(id)).toBe('PRINTED'));
    const [kept] = await fiks.control('/svarut/letters');
    expect(kept.order.mottaker).toEqual({
      ...{ navn: 'ROLIG PARAPLY', adresselinje1: 'Granittvegen 9', postnummer: '5003', poststed: 'BERGEN' },
    });
    const file = await fetch(`${fiks.url}${kept.files[0].path}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf);
  });

  test('gets a letter once, also when nobody heard that it did (S-21)', async () => {
    await fiks.control('/svarut/faults', { kind: 'malformed', endpoint: 'send' });
    await expect(letters.send(letter('l2'))).rejects.toMatchObject({ kind: 'refused' });
    const id = await letters.send(letter('l2'));
    const kept = await fiks.control('/svarut/letters');
    expect(
      kept.filter(({ order }: any) => order.eksternReferanse === 'l2').map((one: any) => one.id),
    ).toEqual([id]);
  });

  test('says that it will not, and that it cannot', async () => {
    await fiks.control('/svarut/faults', { kind: 'reject', endpoint: 'send' });
    const id = await letters.send(letter('l3'));
    await eventually(async () => expect((await letters.statuses([id])).get(id)).toBe('REJECTED'));
    await fiks.control('/svarut/faults', { kind: 'error', endpoint: 'send', status: 503 });
    await expect(letters.send(letter('l4'))).rejects.toMatchObject({ kind: 'away' });
    const unaddressed = { ...letter('l5'), to: { ...letter('l5').to, postalCode: '' } };
    await expect(letters.send(unaddressed)).rejects.toMatchObject({
      kind: 'refused',
      details: { status: 400, code: 'FIKS-400' },
    });
  });
});
