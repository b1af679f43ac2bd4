import fc from 'fast-check';
import { unitRecordSchema } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { describe, expect, test } from 'vitest';
import {
  type Organisation,
  parentOf,
  readOrganisation,
  readUnitPage,
  toUnitRecord,
} from './to-unit-record.ts';

const municipality = { number: '4699', organisationNumber: '310001236' };
const owner: Organisation = { organisationNumber: '310001236', name: 'TINGVIKA KOMMUNE', parent: null };
const company: Organisation = { organisationNumber: '311223348', name: 'BARNEHAGEDRIFT AS', parent: null };
const school = {
  Organisasjonsnummer: '310004561',
  Navn: 'Paraplyen skole',
  FulltNavn: 'Paraplyen skole',
  Beliggenhetsadresse: { Adresse: 'Granittvegen 9', Postnr: '5003', Poststed: 'BERGEN' },
  Koordinat: { Lengdegrad: 0, Breddegrad: 0, GeoKilde: 'Undefined' },
  Internettadresse: 'www.paraplyen.example',
  Epost: 'post@paraplyen.example',
  Telefon: '900 00 001',
  ErAktiv: true,
  ErPrivatskole: false,
  ErOffentligSkole: true,
};
const subUnit = {
  organisasjonsnummer: '310004561',
  navn: 'PARAPLYEN SKOLE',
  postadresse: { adresse: ['Postboks 12'], postnummer: '5020', poststed: 'BERGEN' },
  beliggenhetsadresse: { adresse: ['Granittvegen 9'], postnummer: '5003', poststed: 'BERGEN' },
  oppstartsdato: '1962-08-20',
};
const record = (
  detail: unknown,
  unit: unknown = subUnit,
  { source = 'nsr', whose = owner }: { source?: 'nsr' | 'nbr'; whose?: Organisation | null } = {},
) => toUnitRecord({ source, detail, subUnit: unit, owner: whose, municipality });

describe('translating a unit', () => {
  test('takes name and contact from the register of schools, the post from that of units', () => {
    expect(record(school)).toEqual({
      ...{ organisationNumber: '310004561', kind: 'SCHOOL', name: 'Paraplyen skole' },
      ...{ ownership: 'MUNICIPAL', isActive: true, isListed: true, openedOn: '1962-08-20', closedOn: null },
      owner: { organisationNumber: '310001236', name: 'TINGVIKA KOMMUNE' },
      postalAddress: { lines: ['Postboks 12'], postcode: '5020', place: 'BERGEN' },
      visitingAddress: { lines: ['Granittvegen 9'], postcode: '5003', place: 'BERGEN' },
      ...{ email: 'post@paraplyen.example', phone: '900 00 001', website: 'www.paraplyen.example' },
    });
  });

  test.each<[string, object, Organisation | null, string | null]>([
    ['private', { ErPrivatskole: true, ErOffentligSkole: false }, company, 'PRIVATE'],
    ['of the state or the county', {}, company, 'OTHER_PUBLIC'],
    ['of nobody that is said', {}, null, null],
    ['both private and public', { ErPrivatskole: true }, owner, null],
    ['private, and the municipality’s', { ErPrivatskole: true, ErOffentligSkole: false }, owner, null],
  ])('says whose it is only where that is clear: %s', (_what, detail, whose, ownership) => {
    expect(record({ ...school, ...detail }, subUnit, { whose })?.ownership).toBe(ownership);
  });

  test.each([
    ['its register', { ErAktiv: false }, {}],
    ['no register that says that it is active', { ErAktiv: undefined }, {}],
    ['the reports of kindergartens', { ErInaktivIBasil: true }, {}],
    ['the register of units', {}, { nedleggelsesdato: '2026-08-01' }],
  ])('has closed where it has by %s', (_what, detail, unit) => {
    expect(record({ ...school, ...detail }, { ...subUnit, ...unit })?.isActive).toBe(false);
  });

  test('says the day it closed, and whether it is in the municipality at all', () => {
    expect(record(school, { ...subUnit, nedleggelsesdato: '2026-08-01' })?.closedOn).toBe('2026-08-01');
    expect(record({ ...school, Kommune: { Kommunenummer: '4699' } })?.isListed).toBe(true);
    expect(record({ ...school, Kommune: { Kommunenummer: '0301' } })?.isListed).toBe(false);
  });

  test('does without the register of units, and with what is empty', () => {
    const bare = { ...school, Epost: null, Telefon: '', Internettadresse: ' - ' };
    expect(record(bare, null, { source: 'nbr', whose: null })).toMatchObject({
      ...{ kind: 'KINDERGARTEN', ownership: null, owner: null, email: null, phone: null, website: null },
      postalAddress: { lines: ['Granittvegen 9'] },
    });
    expect(record({ ...school, Beliggenhetsadresse: null }, {})).toMatchObject({
      ...{ visitingAddress: null, postalAddress: null },
    });
  });

  test('never throws, and never makes a record that breaks the contract', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (detail, unit) => {
        const made = record(detail, unit);
        if (made !== null) unitRecordSchema.parse(made);
      }),
    );
    expect(record({ ...school, Organisasjonsnummer: '12' })).toBeNull();
    expect(record({ ...school, Navn: '', FulltNavn: null })).toBeNull();
  });
});

describe('reading an organisation', () => {
  test('takes its name and what it is a department of', () => {
    const body = { organisasjonsnummer: '310009873', navn: 'OPPVEKST', overordnetEnhet: '310001236' };
    expect(readOrganisation(body)).toEqual({
      ...{ organisationNumber: '310009873', name: 'OPPVEKST', parent: '310001236' },
    });
    expect([undefined, 'x', {}, { organisasjonsnummer: 1 }].map(readOrganisation)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([undefined, {}, { overordnetEnhet: 'x' }].map(parentOf)).toEqual([null, null, null]);
  });
});

describe('reading a page of units', () => {
  const row = { Organisasjonsnummer: '310004561', DatoEndret: '2026-08-15T03:12:44.123' };

  test('takes each unit with its day of change, from a page or a plain list', () => {
    const rows = [{ organisationNumber: '310004561', changedAt: '2026-08-15T03:12:44.123' }];
    expect(readUnitPage({ AntallSider: 3, EnhetListe: [row, {}, null] })).toEqual({ rows, pages: 3 });
    expect(readUnitPage([row])).toEqual({ rows, pages: 1 });
  });

  test.each([null, 'html', {}, { EnhetListe: {} }, { EnhetListe: [], AntallSider: 'x' }])(
    'is no page when it is %j',
    (odd) => expect(readUnitPage(odd)).toBeNull(),
  );
});
