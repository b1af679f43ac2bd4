import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPopulation, goldenUnits, municipalityNumber } from '../population/index.ts';
import { buildUnits } from './app.ts';

const population = buildPopulation({ children: 600, seed: 1 });
const school = goldenUnits.school.unit.organisationNumber!;
const kindergarten = goldenUnits.kindergarten.organisationNumber!;
let stateDir: string;
let app: ReturnType<typeof buildUnits>;
let base: string;

const open = async () => {
  app = buildUnits({ population, stateDir });
  base = await app.listen({ port: 0, host: '127.0.0.1' });
};
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'units-'));
  await open();
});
afterAll(async () => {
  await app.close();
  await rm(stateDir, { recursive: true });
});
const ask = async (path: string) => {
  const response = await fetch(`${base}${path}`);
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
};
const change = (body: object) =>
  fetch(`${base}/control/units`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(body),
  });

describe('the registers of schools and kindergartens', () => {
  test('list the municipality’s units in pages, each kind in its own', async () => {
    const { json } = await ask(`/nsr/v4/enheter/kommune/${municipalityNumber}?sidenummer=1&antallperside=2`);
    expect(json.EnhetListe).toHaveLength(2);
    expect(json.EnhetListe[0]).toMatchObject({ Organisasjonsnummer: school, ErAktiv: true, ErSkole: true });
    expect(json.AntallSider).toBeGreaterThan(1);
    const all = (await ask('/nbr/v4/enheter')).json.EnhetListe as { Organisasjonsnummer: string }[];
    expect(all.map((one) => one.Organisasjonsnummer)).toContain(kindergarten);
    expect(all.map((one) => one.Organisasjonsnummer)).not.toContain(school);
    expect((await ask('/nsr/v4/enheter/kommune/0301')).json.EnhetListe).toEqual([]);
    expect((await ask('/nsr/v4/enheter?antallperside=5000')).status).toBe(400);
  });

  test('tell one unit whole, and nothing of one they do not have', async () => {
    expect((await ask(`/nsr/v4/enhet/${school}`)).json).toMatchObject({
      ...{ ErOffentligSkole: true, ErPrivatskole: false, Kommune: { Kommunenummer: municipalityNumber } },
      Beliggenhetsadresse: { Poststed: 'TINGVIKA' },
    });
    expect((await ask(`/nsr/v4/enhet/${kindergarten}`)).status).toBe(404);
  });
});

describe('the register of units', () => {
  test('names the department above, its owner and the postal address', async () => {
    expect((await ask(`/enhetsregisteret/api/underenheter/${school}`)).json).toMatchObject({
      ...{ organisasjonsnummer: school, overordnetEnhet: '310009873' },
      postadresse: { landkode: 'NO', adresse: [expect.any(String)] },
    });
    expect((await ask('/enhetsregisteret/api/enheter/310009873')).json).toMatchObject({
      ...{ organisasjonsform: { kode: 'ORGL' }, overordnetEnhet: '310001236' },
    });
    expect((await ask('/enhetsregisteret/api/underenheter/310999999')).status).toBe(404);
    expect((await ask('/enhetsregisteret/api/underenheter/31')).status).toBe(400);
  });
});

test('a unit that the registers dropped is in no list and cannot be looked up', async () => {
  await change({ organisationNumber: kindergarten, isListed: false });
  const { json } = await ask('/nbr/v4/enheter');
  expect(JSON.stringify(json)).not.toContain(kindergarten);
  expect((await ask(`/nbr/v4/enhet/${kindergarten}`)).status).toBe(404);
});

test('a change lasts over a restart, with the day it was made', async () => {
  await change({ organisationNumber: school, phone: '900 99 999', isActive: false });
  await app.close();
  await open();
  const { json } = await ask(`/nsr/v4/enhet/${school}`);
  expect(json).toMatchObject({ Telefon: '900 99 999', ErAktiv: false });
  expect(json.DatoEndret.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
  expect((await change({ organisationNumber: '1' })).status).toBe(400);
});
