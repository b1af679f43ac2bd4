import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPersonRecord } from './to-person-record.ts';
import { toResidence } from './to-residence.ts';

const here = '4699';
const elsewhere = '4601';
const street = (kommunenummer: string, more: object = {}) => ({
  ...{ erGjeldende: true, adressegradering: 'ugradert' },
  vegadresse: { kommunenummer, adressenavn: 'SYKKELVEGEN', adressenummer: { husnummer: '3' } },
  ...more,
});
const residenceOf = (document: object) => toResidence({ ...document }, here);

describe('whether somebody lives in the municipality (BHG-03)', () => {
  test.each([
    ['a street', street(here)],
    [
      'a cadastral unit',
      { erGjeldende: true, matrikkeladresse: { matrikkelnummer: { kommunenummer: here } } },
    ],
    ['no known place', { erGjeldende: true, ukjentBosted: { bostedskommune: here } }],
    ['a confidential street', street(here, { adressegradering: 'fortrolig' })],
  ])('is seen from %s', (_what, home) => {
    expect(residenceOf({ bostedsadresse: [home] })).toBe('YES');
    expect(toResidence({ bostedsadresse: home }, elsewhere)).toBe('NO');
  });

  test('is so by the current residence alone', () => {
    const moved = [street(elsewhere), street(here, { erGjeldende: false })];
    expect(residenceOf({ bostedsadresse: moved })).toBe('NO');
    expect(residenceOf({ bostedsadresse: [moved[1]] })).toBe('UNKNOWN');
  });

  test('is no more of whoever has left the country, and unknown of whoever has no residence', () => {
    const status = [{ erGjeldende: true, status: 'utflyttet' }];
    expect(residenceOf({ status })).toBe('NO');
    expect(residenceOf({ status: [{ erGjeldende: true, status: 'midlertidig' }] })).toBe('UNKNOWN');
    expect(residenceOf({})).toBe('UNKNOWN');
  });

  test('is unknown where the register says two things', () => {
    expect(residenceOf({ bostedsadresse: [street(here), street(elsewhere)] })).toBe('UNKNOWN');
    expect(residenceOf({ bostedsadresse: [street(here), street(here)] })).toBe('YES');
  });

  test.each(['strengtFortrolig', 'a grade of tomorrow', null])(
    'is unknown for %s, whatever address there is (ADR-03)',
    (grade) => {
      const bostedsadresse = [street(here)];
      const adressebeskyttelse = [{ erGjeldende: true, graderingsnivaa: grade }];
      expect(residenceOf({ bostedsadresse, adressebeskyttelse })).toBe('UNKNOWN');
      expect(residenceOf({ bostedsadresse: [street(here, { adressegradering: grade })] })).toBe('UNKNOWN');
      const ended = [{ erGjeldende: false, graderingsnivaa: grade }];
      expect(residenceOf({ bostedsadresse, adressebeskyttelse: ended })).toBe('YES');
    },
  );

  test('never fails, whatever an address looks like: that would take people’s access away', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (bostedsadresse, vegadresse) => {
        expect(['YES', 'NO', 'UNKNOWN']).toContain(residenceOf({ bostedsadresse }));
        expect(residenceOf({ bostedsadresse: { erGjeldende: true, vegadresse } })).toBe('UNKNOWN');
      }),
    );
  });

  test('is all that a record has of where somebody lives, and only where it was asked for (ADR-15)', () => {
    const identifikasjonsnummer = [
      { erGjeldende: true, status: 'iBruk', foedselsEllerDNummer: '21861864070' },
    ];
    const document = { identifikasjonsnummer, bostedsadresse: [street(here)] };
    const read = (municipality?: string) => {
      const reading = toPersonRecord(document, municipality);
      if (reading.kind !== 'record') throw new Error(reading.element);
      return reading.record;
    };
    expect(read()).not.toHaveProperty('livesHere');
    expect(read(here).livesHere).toBe('YES');
    expect(JSON.stringify(read(here))).not.toMatch(/SYKKELVEGEN|4699/);
  });
});
