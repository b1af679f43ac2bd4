import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goldenFamilies, goldenOddities } from '../population/index.ts';
import { fiks, startFreg } from './testing.ts';

let freg: Awaited<ReturnType<typeof startFreg>>;
beforeAll(async () => void (freg = await startFreg()));
afterAll(() => freg.stop());
afterEach(() => freg.ask('/control/faults', { method: 'DELETE' }));

const { F1, F6, F10 } = goldenFamilies;
const guardianParts = 'part=identifikasjonsnummer&part=navn&part=foreldreansvar';
const bulk = (numbers: string[], query = guardianParts) =>
  freg.post(`/v1/personer/bulkoppslag?${query}`, { foedselsEllerDNummer: numbers });

describe('who may look people up', () => {
  const path = `/folkeregister/api/v1/${fiks.roleId}/v1/personer/${F1.older.number}`;
  const integration = { IntegrasjonId: fiks.integrationId, IntegrasjonPassord: fiks.integrationPassword };

  test('refuses a missing, foreign, expired, wrongly scoped or wrongly issued token', async () => {
    const { sign } = freg.issuer;
    expect((await freg.ask(path, { headers: integration })).status).toBe(401);
    for (const [token, status] of [
      [await sign('ks:fiks', { foreign: true }), 401],
      [await sign('ks:fiks', { expires: -60 }), 401],
      [await sign('ks:fiks', { issuer: 'http://elsewhere/' }), 401],
      [await sign('krr:global/kontaktinformasjon.read'), 403],
    ] as const) {
      const answer = await freg.ask(path, { headers: { ...integration, authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ status, errorId: expect.any(String), path: expect.any(String) });
    }
  });

  test('refuses a wrong integration password and a role that is not held', async () => {
    expect((await freg.get(`/v1/personer/${F1.older.number}`, { IntegrasjonPassord: 'wrong!' })).status).toBe(
      401,
    );
    const authorization = `Bearer ${await freg.issuer.sign('ks:fiks')}`;
    const other = await freg.ask(path.replace(fiks.roleId, 'other'), {
      headers: { ...integration, authorization },
    });
    expect(other.status).toBe(403);
  });

  test('refuses numbers that are not synthetic', async () => {
    expect((await freg.get('/v1/personer/20036914712')).status).toBe(400);
    expect((await bulk([F1.older.number, '20036914712'])).status).toBe(400);
  });
});

describe('one person', () => {
  test('comes without relations by default, and with them by part', async () => {
    const basis = (await freg.get(`/v1/personer/${F1.older.number}`)).json;
    expect(basis.foreldreansvar).toBeUndefined();
    expect(basis.navn).toEqual([
      expect.objectContaining({ erGjeldende: true, fornavn: F1.older.given, etternavn: F1.older.family }),
    ]);
    expect(basis.foedsel[0]).toMatchObject({ foedselsdato: F1.older.born, foedselsaar: '2018' });
    const related = (await freg.get(`/v1/personer/${F1.older.number}?part=relasjon-utvidet`)).json;
    expect(related.navn).toBeUndefined();
    expect(related.identifikasjonsnummer).toHaveLength(1);
    expect(related.foreldreansvar.map((entry: any) => [entry.ansvar, entry.ansvarlig])).toEqual([
      ['felles', F1.mother.number],
      ['felles', F1.father.number],
    ]);
  });

  test('has the same entries on the adult, one for each child (GUA-04)', async () => {
    const mother = (await freg.get(`/v1/personer/${F1.mother.number}?part=foreldreansvar`)).json;
    expect(mother.foreldreansvar.map((entry: any) => entry.ansvarssubjekt)).toEqual([
      F1.older.number,
      F1.younger.number,
    ]);
  });

  test('tells history only when asked, also entries that end before they begin', async () => {
    const { number } = goldenOddities.inverted.child;
    expect((await freg.get(`/v1/personer/${number}?part=foreldreansvar`)).json.foreldreansvar).toHaveLength(
      2,
    );
    const all = (await freg.get(`/v1/personer/${number}?part=foreldreansvar&part=historikk`)).json
      .foreldreansvar;
    expect(all).toHaveLength(3);
    expect(all[2].opphoerstidspunkt < all[2].gyldighetstidspunkt).toBe(true);
  });

  test('has no residence when strictly protected, only an open postal address (ADR-03)', async () => {
    const child = (await freg.get(`/v1/personer/${F6.child.number}`)).json;
    expect(child.adressebeskyttelse).toEqual([
      expect.objectContaining({ graderingsnivaa: 'strengtFortrolig' }),
    ]);
    expect(child.bostedsadresse).toBeUndefined();
    expect(child.postadresse[0].postboksadresse.postboks).toContain('POSTBOKS');
    expect((await freg.get(`/v1/personer/${F6.father.number}`)).json.bostedsadresse).toHaveLength(1);
  });

  test('is found by an ended number, which is told as ended (FREG-08)', async () => {
    const father = (await freg.get(`/v1/personer/${F10.formerNumber}`)).json;
    expect(
      father.identifikasjonsnummer.map((entry: any) => [entry.foedselsEllerDNummer, entry.status]),
    ).toEqual([
      [F10.father.number, 'iBruk'],
      [F10.formerNumber, 'opphoert'],
    ]);
  });

  test('answers 404 for nobody, 400 for an unknown part and 406 for an Accept it does not have', async () => {
    expect((await freg.get('/v1/personer/01812099999')).status).toBe(404);
    const unknown = await freg.get(`/v1/personer/${F1.older.number}?part=foreldreansvaret`);
    expect(unknown.status).toBe(400);
    expect(unknown.json).toEqual({ kode: expect.any(String), melding: expect.any(String) });
    expect((await freg.get(`/v1/personer/${F1.older.number}`, { accept: 'application/xml' })).status).toBe(
      406,
    );
  });

  test('is found by search, alone or in a list', async () => {
    const name = `${F1.mother.given} ${F1.mother.family}`;
    const single = await freg.get(
      `/v1/personer/entydigsoek?navn=${encodeURIComponent(name)}&foedselsdato=19860314&part=navn`,
    );
    expect(single.json.identifikasjonsnummer[0].foedselsEllerDNummer).toBe(F1.mother.number);
    expect((await freg.get(`/v1/personer/entydigsoek?navn=${F1.mother.family}`)).status).toBe(400);
    const many = await freg.get(`/v1/personer/soek?navn=${F1.mother.family}&foedselsaarFraOgMed=2018`);
    expect(many.json.foedselsEllerDNummer).toEqual(
      expect.arrayContaining([F1.older.number, F1.younger.number]),
    );
  });
});

describe('many people at once', () => {
  test('drops the unknown and the ended, and tells them when the order is kept', async () => {
    const numbers = [F10.formerNumber, F1.older.number, '01812099999', F1.older.number];
    const plain = (await bulk(numbers)).json.oppslag;
    expect(plain.map((line: any) => line.foedselsEllerDNummer)).toEqual([F1.older.number]);
    const ordered = (await bulk(numbers, `${guardianParts}&somBestilt=true`)).json.oppslag;
    expect(ordered.map((line: any) => [line.foedselsEllerDNummer, 'feilmelding' in line])).toEqual([
      [F10.formerNumber, true],
      [F1.older.number, false],
      ['01812099999', true],
      [F1.older.number, false],
    ]);
  });

  test('can lead from an ended number to the survivor, as a single look-up does', async () => {
    await freg.control('/modes', { bulkEnded: 'survivor' });
    expect((await bulk([F10.formerNumber])).json.oppslag).toHaveLength(1);
    await freg.control('/modes', { bulkEnded: 'error' });
  });

  test('takes a thousand and refuses one more, none, and anything but JSON', async () => {
    const numbers = freg.register.population.people.slice(0, 1001).map((person) => person.number);
    expect((await bulk(numbers.slice(0, 1000))).json.oppslag.length).toBe(1000);
    expect((await bulk(numbers)).status).toBe(400);
    expect((await bulk([])).status).toBe(400);
    expect(
      (await freg.post('/v1/personer/bulkoppslag', {}, { 'content-type': 'application/xml' })).status,
    ).toBe(415);
  });
});

describe('extracts', () => {
  test('are not ready at first, come in batches, end with nothing, and are gone when unknown', async () => {
    await freg.control('/modes', { extractDelayMs: 150 });
    const wish = { personstatustyper: ['bosatt'], foedselsaarFraOgMed: '2021', foedselsaarTilOgMed: '2021' };
    const { jobbId } = (await freg.post('/v1/uttrekk/tilpasset', wish)).json;
    expect((await freg.get(`/v1/uttrekk/${jobbId}/batch/0`)).status).toBe(404);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { foedselsEllerDNummer } = (await freg.get(`/v1/uttrekk/${jobbId}/batch/0`)).json;
    expect(foedselsEllerDNummer).toContain(F1.younger.number);
    expect(foedselsEllerDNummer).not.toContain(F1.older.number);
    expect((await freg.get(`/v1/uttrekk/${jobbId}/batch/1`)).json).toEqual({});
    expect((await freg.get(`/v1/uttrekk/${jobbId}/batch/2`)).status).toBe(410);
    expect((await freg.get('/v1/uttrekk/none/batch/0')).status).toBe(410);
    expect((await freg.post('/v1/uttrekk/tilpasset', {})).status).toBe(400);
  });

  test('run at most ten at once (FREG-07)', async () => {
    await freg.control('/modes', { extractDelayMs: 10_000 });
    const answers = [];
    for (let n = 0; n < 11; n += 1) answers.push((await freg.get('/v1/uttrekk/komplett')).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(10);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('faults', () => {
  test('throttle with Retry-After in milliseconds, as often as wished (FREG-07)', async () => {
    await freg.control('/faults', { kind: 'throttle', endpoint: 'bulk', times: 2, retryAfterMs: 1500 });
    const first = await bulk([F1.older.number]);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '1500']);
    expect((await bulk([F1.older.number])).status).toBe(429);
    expect((await bulk([F1.older.number])).status).toBe(200);
  });

  test('answer a page of HTML, any status with any of the error bodies, and torn JSON', async () => {
    await freg.control('/faults', { kind: 'html', endpoint: 'person' });
    const html = await freg.get(`/v1/personer/${F1.older.number}`);
    expect([html.status, html.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    for (const [shape, field] of [
      ['freg', 'kode'],
      ['openapi', 'feilkode'],
      ['reference', 'feilreferanse'],
      ['fiks', 'errorId'],
    ] as const) {
      await freg.control('/faults', { kind: 'error', endpoint: 'person', status: 503, shape });
      const answer = await freg.get(`/v1/personer/${F1.older.number}`);
      expect([answer.status, typeof answer.json[field]]).toEqual([503, 'string']);
    }
    await freg.control('/faults', { kind: 'malformed', endpoint: 'person' });
    expect((await freg.get(`/v1/personer/${F1.older.number}`)).json).toBe('malformed');
  });

  test('strike a share of requests, and only where they are told to', async () => {
    await freg.control('/faults', { kind: 'error', endpoint: 'bulk', times: null, rate: 0.5 });
    const statuses = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await bulk([F1.older.number])).status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    expect((await freg.get('/v1/hendelser/siste/sekvensnummer')).status).toBe(200);
    expect((await freg.control('/faults', { kind: 'unheard-of' })).status).toBe(400);
  });

  test('delay an answer', async () => {
    await freg.control('/faults', { kind: 'latency', endpoint: 'last', ms: 120 });
    const before = performance.now();
    await freg.get('/v1/hendelser/siste/sekvensnummer');
    expect(performance.now() - before).toBeGreaterThan(115);
  });
});
