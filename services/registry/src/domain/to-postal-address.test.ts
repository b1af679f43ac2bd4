import { describe, expect, test } from 'vitest';
import { toPostalAddress } from './to-postal-address.ts';

const current = { erGjeldende: true };
const name = { ...current, fornavn: 'ROLIG', mellomnavn: 'GUL', etternavn: 'PARAPLY' };
const poststed = { postnummer: '5003', poststedsnavn: 'BERGEN' };
const home = {
  ...{ ...current, adressegradering: 'ugradert' },
  vegadresse: { adressenavn: 'Granittvegen', adressenummer: { husnummer: '9', husbokstav: 'B' }, poststed },
};
const box = {
  ...current,
  adressegradering: 'ugradert',
  postboksadresse: { postboks: 'POSTBOKS 12', poststed },
};
const open = { kind: 'OPEN', name: 'ROLIG GUL PARAPLY', postalCode: '5003', town: 'BERGEN' };

describe('where a letter goes (ADR-08)', () => {
  test('is the postal address, or else where somebody lives', () => {
    expect(toPostalAddress({ navn: [name], bostedsadresse: [home] })).toEqual({
      ...open,
      lines: ['Granittvegen 9B'],
    });
    expect(toPostalAddress({ navn: [name], bostedsadresse: [home], postadresse: [box] })).toEqual({
      ...{ ...open, lines: ['POSTBOKS 12'] },
    });
    const careOf = { ...home, vegadresse: { ...home.vegadresse, coAdressenavn: 'MARI MO' } };
    expect(toPostalAddress({ navn: [name], bostedsadresse: [careOf] })).toMatchObject({
      lines: ['c/o MARI MO', 'Granittvegen 9B'],
    });
  });

  test.each([
    ['somebody protected', { adressebeskyttelse: [{ ...current, graderingsnivaa: 'fortrolig' }] }],
    [
      'somebody strictly protected, whose postal address is open',
      { postadresse: [box], adressebeskyttelse: [{ ...current, graderingsnivaa: 'strengtFortrolig' }] },
    ],
    ['a client address', { adressebeskyttelse: [{ ...current, graderingsnivaa: 'klientadresse' }] }],
    ['a grade that nobody knows', { adressebeskyttelse: [{ ...current, graderingsnivaa: 'nytt' }] }],
    [
      'an address that is graded',
      { bostedsadresse: [{ ...home, adressegradering: 'fortrolig' }], postadresse: [box] },
    ],
  ])('is nowhere by itself for %s (S-08)', (_who, more) => {
    expect(toPostalAddress({ navn: [name], bostedsadresse: [home], ...more })).toEqual({ kind: 'PROTECTED' });
  });

  test.each([
    ['the dead', { doedsfall: { doedsdato: '2026-01-01' } }],
    ['whoever has no name', { navn: [] }],
    ['an address abroad or in the country', { bostedsadresse: [{ ...current, matrikkeladresse: {} }] }],
    ['an address that has ended', { bostedsadresse: [{ ...home, erGjeldende: false }] }],
    ['an address without a town', { bostedsadresse: [{ ...home, vegadresse: { adressenavn: 'Vei' } }] }],
  ])('is nowhere for %s', (_who, more) => {
    expect(toPostalAddress({ navn: [name], bostedsadresse: [home], ...more })).toEqual({ kind: 'NONE' });
  });
});
