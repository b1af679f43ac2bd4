import { open, openOwn } from '@ranselpost/kit/seal';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { decisionLetterSchema } from '@ranselpost/schema/events/identity/decision-written.v1';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk, question } from '../testing/information.ts';
import { forgetInformationTexts, recordArchived, submitToArchive } from './archive-information-requests.ts';
import { readInformationRequests } from './read-information-requests.ts';
import { rotateNumberKeys } from './rotate-number-keys.ts';

let desk: Desk;
beforeAll(async () => (desk = await openDesk()));
afterAll(() => desk.close());

const closed = 'identity.information-request.closed.v1';
const complained = 'identity.information-request.complained.v1';
type Told = { readonly requestId: string; readonly entryId: string; readonly sealed: string };

/** Tells the archive what is new, and answers what it was told of one request. */
async function submitted(requestId: string): Promise<readonly (Told & { readonly type: string })[]> {
  await desk.told();
  await submitToArchive(desk.deps);
  return (await desk.told())
    .map(({ type, data }) => ({ type, ...(data as Told) }))
    .filter((told) => told.requestId === requestId);
}
const read = ({ entryId, sealed }: Told) => openOwn(desk.archiveKeys, entryId, sealed, archiveEntrySchema);
const archived = (entryId: string, archiveId = `arkiv-${entryId.slice(-4)}`) =>
  desk.deps.db.asService((tx) => recordArchived({ ...desk.deps, db: tx }, { entryId, archiveId }));
const kinds = async (requestId: string): Promise<readonly string[]> =>
  (
    await desk.database.admin<{ kind: string }[]>`
      select kind from information_text where request_id = ${requestId} order by kind`
  ).map(({ kind }) => kind);

describe('a case that is closed (ARK-01)', () => {
  test('is told to the archive, sealed, with question, assessment and decision, under a title that says nothing (ARK-02, ARK-03, ARK-06)', async () => {
    const requestId = await desk.decided('REFUSAL');
    const told = await submitted(requestId);
    expect(told).toMatchObject([{ type: closed }]);
    const entry = await read(told[0]!);
    expect(entry).toMatchObject({
      caseId: requestId,
      title: 'Henvendelse fra foresatt',
      screening: { code: 'UO', ground: 'offl. § 13' },
      isProtected: false,
      unitId: desk.unit['school'],
      parties: [
        { role: 'SENDER', personId: desk.asker.personId, name: 'Seig Termos' },
        { role: 'CHILD', personId: desk.id.ours, name: 'KULERUND SYKKELPUMPE' },
      ],
    });
    expect(entry.documents.map(({ direction, kind }) => `${direction} ${kind}`)).toEqual([
      ...['IN QUESTION', 'INTERNAL ASSESSMENT', 'OUT DECISION', 'OUT TRANSLATION'],
    ]);
    const texts = entry.documents.map(({ text }) => text);
    expect(texts[0]).toContain(question);
    expect(texts[1]).toContain('Grunn for avslag: kan skade barnet');
    expect(texts[2]).toContain('Barnet er redd for det.');
    for (const { text, sha256 } of entry.documents)
      expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('is told as a letter too, for whoever sends on paper (KRR-04, KRR-09)', async () => {
    await desk.told();
    const requestId = await desk.decided('REFUSAL');
    await submitToArchive(desk.deps);
    const letters = (await desk.told())
      .filter(({ type }) => type === 'identity.decision.written.v1')
      .map(({ data }) => data as { decisionId: string; personId: string; sealed: string });
    expect(letters).toMatchObject([{ decisionId: requestId, personId: desk.asker.personId }]);
    const { language, text } = await openOwn(
      desk.archiveKeys,
      requestId,
      letters[0]!.sealed,
      decisionLetterSchema,
    );
    expect([language, text.includes('Barnet er redd for det.')]).toEqual(['nb', true]);
  });

  test('tells no national number, and to nobody else anything at all (S-07, S-10)', async () => {
    const requestId = await desk.decided('ANSWER');
    const [told] = await submitted(requestId);
    expect(JSON.stringify(await read(told!))).not.toContain(desk.number.ours);
    await expect(
      open(desk.deps.numbers.sealKeys, told!.entryId, told!.sealed, archiveEntrySchema),
    ).rejects.toThrow();
    // Moved to another case it does not open.
    await expect(openOwn(desk.archiveKeys, requestId, told!.sealed, archiveEntrySchema)).rejects.toThrow(
      'about something else',
    );
    expect(Object.keys(told!).toSorted()).toEqual(['entryId', 'requestId', 'sealed', 'type']);
  });

  test('of a protected child names no unit beside its content, and says that it is restricted (ADR-17)', async () => {
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor, { childNumber: desk.number.hidden });
    const [officer, second] = [desk.staff('officer'), desk.staff('secondOfficer')];
    await desk.change(officer, 'checkInformationRequest', { requestId, childId: desk.id.hidden });
    await desk.change(officer, 'refuseInformationRequest', {
      ...{ requestId, ground: 'PROTECTED', reasons: 'Sperret adresse.' },
    });
    await desk.change(second, 'releaseInformationDecision', { requestId });
    const entry = await read((await submitted(requestId))[0]!);
    expect(entry).toMatchObject({ isProtected: true, unitId: null });
    expect(entry.documents[2]!.text).not.toContain('Sperret');
    expect(entry.documents[1]!.text).toContain('Sperret adresse.');
    // It goes by hand: nobody who sends letters hears of it (S-08).
    const letters = desk.database.admin`
      select 1 from outbox where type = 'identity.decision.written.v1' and subject = ${requestId}`;
    expect(await letters).toEqual([]);
  });

  test('that was taken back goes there with the question', async () => {
    await desk.makeRoom();
    const requestId = await desk.asked();
    await desk.change(desk.asker, 'withdrawInformationRequest', { requestId });
    const entry = await read((await submitted(requestId))[0]!);
    expect(entry.documents.map(({ kind }) => kind)).toEqual(['QUESTION']);
  });

  test('is told again after a week without a receipt, under the same key, and not after it', async () => {
    const requestId = await desk.asked(await desk.stranger());
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'checkInformationRequest', { requestId, childId: null });
    await desk.change(worker, 'refuseInformationRequest', {
      ...{ requestId, ground: 'NO_CHILD_HERE', reasons: 'Ukjent.' },
    });
    await desk.change(worker, 'releaseInformationDecision', { requestId });
    const [first] = await submitted(requestId);
    expect(await submitted(requestId)).toEqual([]);
    desk.setNow('2026-11-28T08:00:01Z');
    const [again] = await submitted(requestId);
    expect(again!.entryId).toBe(first!.entryId);
    await archived(first!.entryId);
    desk.setNow('2027-01-28T08:00:01Z');
    expect(await submitted(requestId)).toEqual([]);
    desk.setNow('2026-11-21T08:00:00Z');
  });
});

describe('what was written in a case (RET-02)', () => {
  test('stays until the archive has it, however long that takes, and until it has been read', async () => {
    const actor = await desk.stranger();
    const requestId = await desk.asked(actor);
    const worker = desk.staff('caseWorker');
    await desk.change(worker, 'checkInformationRequest', {
      requestId,
      childId: desk.id.ours,
      proof: 'Attest',
    });
    await desk.change(worker, 'answerInformationRequest', { requestId, text: 'Bra.' });
    await desk.change(worker, 'releaseInformationDecision', { requestId });
    const [told] = await submitted(requestId);
    desk.setNow('2028-01-01T08:00:00Z');
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toContain('ANSWER');

    desk.setNow('2026-11-22T08:00:00Z');
    await archived(told!.entryId, 'sak 2026/47');
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toContain('ANSWER');
    await desk.change(actor, 'openInformationDecision', { requestId });
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toContain('ANSWER');
    desk.setNow('2026-11-22T08:15:00Z');
    expect(await forgetInformationTexts(desk.deps)).toBe(1);
    expect(await kinds(requestId)).toEqual([]);

    // What was decided stays, in codes; the asker sees that there was an answer.
    const seen = (await desk.read(actor, requestId)).data.informationRequest;
    expect(seen).toMatchObject({ status: 'ANSWERED', question: null, isOpened: true });
    const steps = await desk.database.admin<{ step: string; codes: object }[]>`
      select step, codes from information_history where request_id = ${requestId} order by id`;
    expect(steps.map(({ step }) => step).slice(-3)).toEqual(['ARCHIVED', 'OPENED', 'FORGOTTEN']);
    expect(steps.find(({ step }) => step === 'ARCHIVED')?.codes).toEqual({
      ...{ entryId: told!.entryId, archiveId: 'sak 2026/47' },
    });
    desk.setNow('2026-11-21T08:00:00Z');
  });

  test('goes only when the archive has the complaint too (ADM-06, RET-07)', async () => {
    desk.setNow('2026-11-23T08:00:00Z');
    await desk.makeRoom();
    const requestId = await desk.decided('REFUSAL');
    await desk.change(desk.asker, 'openInformationDecision', { requestId });
    const [caseTold] = await submitted(requestId);
    await archived(caseTold!.entryId);
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toContain('LETTER');
    await desk.change(desk.asker, 'complainAboutInformationRequest', { requestId, text: 'Jeg er uenig.' });
    const [complaint] = await submitted(requestId);
    expect(complaint).toMatchObject({ type: complained });
    expect((await read(complaint!)).documents).toMatchObject([{ kind: 'COMPLAINT', text: 'Jeg er uenig.' }]);
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toContain('COMPLAINT');
    await archived(complaint!.entryId);
    await archived(complaint!.entryId, 'another id, told twice');
    await forgetInformationTexts(desk.deps);
    expect(await kinds(requestId)).toEqual([]);
  });

  test('is read on under a new key after the old one has gone', async () => {
    const requestId = await desk.asked(await desk.stranger());
    const { keys } = desk.deps.numbers;
    const fresh = new Uint8Array(32).fill(7);
    const both = { current: 'k2', keys: new Map([['k2', fresh], ...keys.keys]) };
    await rotateNumberKeys({ db: desk.deps.db, numbers: { ...desk.deps.numbers, keys: both } });
    const rows = await desk.database.admin`select distinct key_id from information_text`;
    expect(rows.map((row) => row['key_id'] as string)).toEqual(['k2']);
    const alone = { current: 'k2', keys: new Map([['k2', fresh]]) };
    const seen = await readInformationRequests(
      { ...desk.deps, numbers: { ...desk.deps.numbers, keys: alone } },
      desk.staff('caseWorker'),
      [requestId],
    );
    expect(seen.get(requestId)?.question).toBe(question);
  });
});
