import { describe, expect, test } from 'vitest';
import { aDNumber, aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import { type NumberForm, decideNumber, formOf } from './number-series.ts';

/** Published check values of the synthetic series (registries § 2.1), the rule for numbers from 2032 among them. */
const published = [
  ['30908299902', 'tnr'],
  ['03851598730', 'tnr'],
  ['41819077906', 'dnr-and-tnr'],
  ['41819077302', 'dnr-and-tnr'],
] as const;
const forms: readonly NumberForm[] = ['fnr', 'dnr', 'tnr', 'dnr-and-tnr', 'hnr', 'dnr-and-hnr', 'invalid'];

describe('a national number', () => {
  test.each(published)(
    'has the form that was published for %s, with the check digits of 2032: %s',
    (number, form) => {
      expect(formOf(number)).toBe(form);
    },
  );

  test.each(['', '1234567890x', '30908299903', '00000000000', ' 03851598730'])('is not %j', (text) => {
    expect(formOf(text)).toBe('invalid');
  });

  test('is taken by one series and never by both', () => {
    for (const form of forms)
      expect(decideNumber('synthetic', form).ok && decideNumber('real', form).ok).toBe(false);
    expect(forms.filter((form) => decideNumber('synthetic', form).ok)).toEqual(['tnr', 'dnr-and-tnr']);
    expect(forms.filter((form) => decideNumber('real', form).ok)).toEqual(['fnr', 'dnr']);
  });

  test('is refused by the other series, each way, with a word for why and never the number', () => {
    const refused = { ok: false, refusal: { kind: 'of-the-other-series' } };
    expect(decideNumber('real', formOf(aNumber()))).toEqual(refused);
    expect(decideNumber('real', formOf(aDNumber()))).toEqual(refused);
    expect(decideNumber('synthetic', formOf(aNumberOfTheOtherSeries()))).toEqual(refused);
    expect(decideNumber('real', formOf(aNumberOfTheOtherSeries()))).toEqual({ ok: true, value: 'NATIONAL' });
    expect(decideNumber('real', 'hnr')).toEqual({ ok: false, refusal: { kind: 'not-a-number' } });
    expect(decideNumber('synthetic', 'dnr-and-hnr')).toEqual({
      ok: false,
      refusal: { kind: 'not-a-number' },
    });
  });

  test('says whether it is a D-number', () => {
    expect(decideNumber('synthetic', formOf(aDNumber()))).toEqual({ ok: true, value: 'D_NUMBER' });
    expect(decideNumber('synthetic', formOf(aNumber()))).toEqual({ ok: true, value: 'NATIONAL' });
  });
});
