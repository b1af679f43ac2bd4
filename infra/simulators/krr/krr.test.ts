import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTokenIssuer } from '../common/testing.ts';
import { buildPopulation, goldenFamilies } from '../population/index.ts';
import { buildKrr, changesScope, contactScope, mailboxScope } from './app.ts';

const population = buildPopulation({ children: 1500, seed: 1 });
const { F1, F12 } = goldenFamilies;
let now = Date.UTC(2026, 10, 21, 9);

async function startKrr(stateDir: string | null = null) {
  const issuer = await startTokenIssuer();
  const { app } = buildKrr({ population, stateDir, maskinportenIssuer: issuer.issuer, now: () => now });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const post = async (path: string, body: unknown, scope = `${contactScope} ${mailboxScope}`) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.sign(scope)}`,
    };
    const response = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, headers: response.headers, json: await response.json() };
  };
  const lookUp = (numbers: string[], scope?: string, more: object = {}) =>
    post('/rest/v2/personer', { personidentifikatorer: numbers, ...more }, scope);
  const one = async (number: string, scope?: string) => (await lookUp([number], scope)).json.personer[0];
  const stop = async () => {
    await app.close();
    issuer.stop();
  };
  return { base, issuer, post, lookUp, one, stop };
}

let krr: Awaited<ReturnType<typeof startKrr>>;
beforeAll(async () => void (krr = await startKrr()));
afterAll(() => krr.stop());
afterEach(() => fetch(`${krr.base}/control/faults`, { method: 'DELETE' }));

describe('looking up contact data', () => {
  test('answers every person asked for, in order, with all that the scopes allow (KRR-01)', async () => {
    const { json } = await krr.lookUp([F1.mother.number, F1.older.number, '01812099999']);
    const [mother, child, nobody] = json.personer;
    expect(mother).toMatchObject({
      personidentifikator: F1.mother.number,
      reservasjon: 'NEI',
      status: 'AKTIV',
      varslingsstatus: 'KAN_VARSLES',
      kontaktinformasjon: {
        epostadresse: 'mor.sykkelpumpe@example.test',
        mobiltelefonnummer: '+4790000001',
        epostadresse_duplisert: 'NEI',
      },
      digital_post: { postkasseleverandoeradresse: '984661185' },
      spraak: 'nb',
    });
    for (const one of [child, nobody]) {
      expect(one).toMatchObject({
        reservasjon: 'NEI',
        status: 'IKKE_REGISTRERT',
        varslingsstatus: 'KAN_IKKE_VARSLES',
      });
      expect(one).not.toHaveProperty('kontaktinformasjon');
    }
  });

  test('writes some times with an offset that has no minutes, which JavaScript cannot read', async () => {
    const { kontaktinformasjon, spraak_oppdatert } = await krr.one(F1.mother.number);
    expect(kontaktinformasjon.epostadresse_oppdatert).toMatch(/T\d\d:\d\d:\d\d\+0[12]$/);
    expect(spraak_oppdatert).toMatch(/\+0[12]$/);
    expect(Number.isNaN(Date.parse(kontaktinformasjon.epostadresse_oppdatert))).toBe(true);
    expect(kontaktinformasjon.epostadresse_sist_verifisert).toMatch(/\.\d{3}Z$/);
  });

  test('tells a reserved person as reserved and with contact data all the same (KRR-04)', async () => {
    expect(await krr.one(F12.mother.number)).toMatchObject({
      reservasjon: 'JA',
      reservasjonstidspunkt: expect.stringMatching(/\+0[12]$/),
      varslingsstatus: 'KAN_IKKE_VARSLES',
      kontaktinformasjon: { epostadresse: 'mor.lyktestolpe@example.test' },
    });
  });

  test('judges staleness by channel: one fresh channel is enough, and stale data is still delivered (KRR-02, KRR-03)', async () => {
    const change = (wish: object) =>
      krr.post('/control/contacts', { person: 'F3.mother', email: 'a@example.test', ...wish });
    await change({ mobile: '+4790000099', emailDaysAgo: 600, mobileDaysAgo: 100 });
    expect((await krr.one(goldenFamilies.F3.mother.number)).varslingsstatus).toBe('KAN_VARSLES');
    await change({ emailDaysAgo: 600, mobileDaysAgo: 600 });
    const stale = await krr.one(goldenFamilies.F3.mother.number);
    expect([stale.varslingsstatus, stale.kontaktinformasjon.epostadresse]).toEqual([
      'KAN_IKKE_VARSLES',
      'a@example.test',
    ]);
  });

  test('keeps fresh data fresh and stale data stale in any year', async () => {
    const numbers = population.people
      .filter((person) => person.kind === 'adult')
      .slice(100, 900)
      .map((person) => person.number);
    const statuses = async () =>
      (await krr.lookUp(numbers)).json.personer.map((one: any) => one.varslingsstatus);
    const today = await statuses();
    for (const other of [Date.UTC(2026, 11, 31), Date.UTC(2027, 5, 30, 23), Date.UTC(2031, 6, 1)]) {
      now = other;
      expect(await statuses()).toEqual(today);
    }
    now = Date.UTC(2026, 10, 21, 9);
    expect(new Set(today)).toEqual(new Set(['KAN_VARSLES', 'KAN_IKKE_VARSLES']));
  });

  test('never tells contact data of the deleted, and leaves the unregistered out when asked to', async () => {
    await krr.post('/control/contacts', { person: 'F7.father', email: 'b@example.test' });
    await krr.post('/control/contacts', { person: 'F7.father', status: 'SLETTET' });
    const deleted = await krr.one(goldenFamilies.F7.father.number);
    expect(deleted).toMatchObject({ status: 'SLETTET', varslingsstatus: 'KAN_IKKE_VARSLES' });
    expect(deleted).not.toHaveProperty('kontaktinformasjon');
    const some = await krr.lookUp([F1.mother.number, F1.older.number], undefined, {
      inkluderIkkeRegistrerte: false,
    });
    expect(some.json.personer).toHaveLength(1);
  });

  test('hides what the token has no scope for, but never the reservation', async () => {
    const contact = await krr.one(F12.mother.number, contactScope);
    expect(contact).not.toHaveProperty('digital_post');
    const mailbox = await krr.one(F12.mother.number, mailboxScope);
    expect(mailbox).toMatchObject({ reservasjon: 'JA', digital_post: expect.anything() });
    expect(mailbox).not.toHaveProperty('kontaktinformasjon');
    expect((await krr.lookUp([F1.mother.number], 'ks:fiks')).status).toBe(403);
    const anonymous = await fetch(`${krr.base}/rest/v2/personer`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(anonymous.status).toBe(401);
  });

  test('takes 1 to 1000 synthetic numbers (KRR-07)', async () => {
    const numbers = population.people.slice(0, 1001).map((person) => person.number);
    expect((await krr.lookUp(numbers.slice(0, 1000))).json.personer).toHaveLength(1000);
    for (const wrong of [numbers, [], ['20036914712']]) expect((await krr.lookUp(wrong)).status).toBe(400);
  });

  test('fails and slows down when told to', async () => {
    await krr.post('/control/faults', { kind: 'error', endpoint: 'people', status: 503, times: 2 });
    expect((await krr.lookUp([F1.mother.number])).status).toBe(503);
    expect((await krr.lookUp([F1.mother.number])).status).toBe(503);
    expect((await krr.lookUp([F1.mother.number])).status).toBe(200);
  });
});

describe('following changes', () => {
  const changes = (from: number, scope = `${changesScope} ${contactScope}`) =>
    krr.post('/rest/v2/krr/hentEndringer', { fraEndringsId: from }, scope);

  test('leads through everybody in pages, then only to what changed', async () => {
    const seen = new Set<string>();
    let from = 1;
    for (;;) {
      const { json } = await changes(from);
      for (const one of json.list) {
        seen.add(one.personidentifikator);
        expect(['AKTIV', 'SLETTET']).toContain(one.status);
      }
      if (json.tilEndringsId >= json.sisteEndringsId) break;
      from = json.tilEndringsId;
    }
    expect(seen.size).toBeGreaterThan(1500);
    const before = (await changes(1)).json.sisteEndringsId as number;
    await krr.post('/control/contacts', { person: 'F1.father', language: 'en' });
    const { json } = await changes(before + 1);
    expect(json).toMatchObject({ tilEndringsId: before + 1, sisteEndringsId: before + 1 });
    expect(json.list).toMatchObject([{ personidentifikator: F1.father.number, spraak: 'en' }]);
  });

  test('needs a scope of its own', async () => {
    expect((await changes(1, contactScope)).status).toBe(403);
  });
});

describe('the contact register after a restart', () => {
  test('keeps what was changed, and its change ids', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'krr-'));
    const first = await startKrr(directory);
    const { json } = await first.post('/control/contacts', { person: 'F1.mother', reserved: true });
    await first.stop();
    const second = await startKrr(directory);
    expect((await second.one(F1.mother.number)).reservasjon).toBe('JA');
    const next = await second.post('/control/contacts', { person: 'F1.mother', reserved: false });
    expect(next.json.changeId).toBe(json.changeId + 1);
    await second.stop();
    await rm(directory, { recursive: true });
  });
});
