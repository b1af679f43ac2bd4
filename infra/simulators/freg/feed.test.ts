import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goldenFamilies } from '../population/index.ts';
import { startFreg, type Answer } from './testing.ts';

let freg: Awaited<ReturnType<typeof startFreg>>;
beforeAll(async () => void (freg = await startFreg()));
afterAll(() => freg.stop());
afterEach(async () => {
  await freg.ask('/control/faults', { method: 'DELETE' });
  await freg.control('/modes', { beyondLast: 'empty' });
});

const feed = (sequence: number, headers = {}): Promise<Answer> =>
  freg.get(`/v1/hendelser/feed?seq=${sequence}`, headers);
const numbersIn = (answer: Answer): number[] => answer.json.map((item: any) => item.sekvensnummer);
const last = async (): Promise<number> =>
  (await freg.get('/v1/hendelser/siste/sekvensnummer')).json.sekvensnummer;
const repair = (person = 'F1.older') => freg.control('/life-events', { kind: 'person-updated', person });

describe('the feed of events (FREG-02)', () => {
  test('tells its last number as JSON and as text', async () => {
    const text = await freg.get('/v1/hendelser/siste/sekvensnummer', { accept: 'text/plain' });
    expect(text.text).toBe(String(await last()));
    expect(text.headers.get('content-type')).toContain('text/plain');
  });

  test('has pages of exactly a thousand, with the asked number first', async () => {
    const page = numbersIn(await feed(1));
    expect([page.length, page[0], page.at(-1)]).toEqual([1000, 1, 1000]);
    expect(numbersIn(await feed(1000))[0]).toBe(1000);
    const { first } = (await freg.control('/life-events', { kind: 'flood', count: 2500 })).json;
    expect(numbersIn(await feed(first + 2000))).toHaveLength(500);
    expect(
      new Set((await feed(first)).json.map((item: any) => item.hendelse.folkeregisteridentifikator)).size,
    ).toBeGreaterThan(900);
  });

  test('writes hendelsetype in the feed, hendelsestype in the document, and keeps both by their ids', async () => {
    const { last: sequence, at } = (await repair()).json;
    const [item] = (await feed(sequence)).json;
    expect(item.hendelse).toMatchObject({
      folkeregisteridentifikator: goldenFamilies.F1.older.number,
      hendelsetype: 'personErOppdatert',
    });
    expect(Math.abs(Date.parse(item.hendelse.ajourholdstidspunkt) - at)).toBeLessThan(1000);
    const document = (await freg.get(`/v1/hendelser/${item.hendelse.hendelsesdokument}`)).json;
    expect(document.hendelse.hendelsestype).toBe('personErOppdatert');
    const person = (await freg.get(`/v1/personer/arkiv/${item.hendelse.persondokument}?part=navn`)).json;
    expect(person.navn[0].fornavn).toBe(goldenFamilies.F1.older.given);
    expect(
      (
        await freg.post('/v1/hendelser/bulkoppslag', {
          dokumentidentifikator: [item.hendelse.hendelsesdokument],
        })
      ).json,
    ).toHaveLength(1);
    expect((await freg.get('/v1/hendelser/0123456789abcdef0123456789abcdef')).status).toBe(404);
  });

  test('answers 304 to the last ETag until something happens, whichever number is asked for', async () => {
    const { last: sequence } = (await repair()).json;
    const page = await feed(sequence);
    const etag = page.headers.get('etag') ?? '';
    expect((await feed(sequence, { 'if-none-match': etag })).status).toBe(304);
    expect((await feed(sequence + 1, { 'if-none-match': etag })).status).toBe(304);
    await repair();
    expect(numbersIn(await feed(sequence + 1, { 'if-none-match': etag }))).toEqual([sequence + 1]);
  });

  test('does not answer 304 to the tag of a full page while more pages wait', async () => {
    const etag = (await feed(1)).headers.get('etag') ?? '';
    expect(numbersIn(await feed(1001, { 'if-none-match': etag }))).toHaveLength(1000);
  });

  test('is empty beyond the last number, or 404 where that is chosen', async () => {
    expect((await feed((await last()) + 1)).json).toEqual([]);
    await freg.control('/modes', { beyondLast: '404' });
    const beyond = await feed((await last()) + 1);
    expect([beyond.status, typeof beyond.json.feilreferanse]).toEqual([404, 'string']);
  });

  test('answers 406 for a number that is too old, and 400 for its documents and for no number', async () => {
    const [item] = (await feed(10)).json;
    expect((await freg.control('/feed-start', { oldest: 20_000 })).json.oldest).toBe(20_000);
    expect((await feed(19_999)).status).toBe(406);
    expect((await feed(20_000)).status).toBe(200);
    expect((await freg.get(`/v1/hendelser/${item.hendelse.hendelsesdokument}`)).status).toBe(400);
    expect((await freg.get(`/v1/personer/arkiv/${item.hendelse.persondokument}`)).status).toBe(400);
    await freg.control('/feed-start', { oldest: 1 });
    for (const wrong of ['', '?seq=', '?seq=two'])
      expect((await freg.get(`/v1/hendelser/feed${wrong}`)).status).toBe(400);
  });

  test('delivers twice, delivers an old page, or leaves a gap when told to (FREG-03)', async () => {
    const { last: sequence } = (await repair()).json;
    await freg.control('/faults', { kind: 'duplicate', endpoint: 'feed' });
    expect(numbersIn(await feed(sequence))).toEqual([sequence, sequence]);
    await freg.control('/faults', { kind: 'old-page', endpoint: 'feed' });
    expect(numbersIn(await feed(sequence))[0]).toBe(sequence - 1000);
    await freg.control('/faults', { kind: 'gap', endpoint: 'feed', size: 5 });
    expect((await repair()).json.first).toBe(sequence + 6);
    expect(numbersIn(await feed(sequence))).toEqual([sequence, sequence + 6]);
    await freg.control('/faults', { kind: 'no-etag', endpoint: 'feed' });
    expect((await feed(sequence)).headers.get('etag')).toBeNull();
  });

  test('carries types that nobody has documented', async () => {
    const { first } = (await freg.control('/life-events', { kind: 'unknown-event', type: 'endringIAlt' }))
      .json;
    expect((await feed(first)).json[0].hendelse.hendelsetype).toBe('endringIAlt');
  });

  test('takes a flood of a million without keeping it', async () => {
    const { first, last: end } = (await freg.control('/life-events', { kind: 'flood', count: 1_000_000 }))
      .json;
    expect(end - first + 1).toBe(1_000_000);
    expect(numbersIn(await feed(first + 999_500))).toHaveLength(500);
  });
});
