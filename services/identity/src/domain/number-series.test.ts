import { describe, expect, test } from 'vitest';
import { decideNumber, formOf } from './number-series.ts';

/** The published check values (registries § 2.1). */
const published = [
  ['30108299939', 'fnr'],
  ['30908299902', 'tnr'],
  ['20036914700', 'fnr'],
  ['03851598730', 'tnr'],
  ['20036914712', 'invalid'],
  ['29020073150', 'fnr'],
  ['29020105729', 'invalid'],
  ['55102499947', 'dnr'],
  ['41819077906', 'dnr-and-tnr'],
  ['41819077302', 'dnr-and-tnr'],
] as const;

describe('a national number', () => {
  test.each(published)(
    'has the form that was published for %s, with the check digits of 2032: %s',
    (number, form) => {
      expect(formOf(number)).toBe(form);
    },
  );

  test.each(published)('is taken by one series at most: %s', (number, form) => {
    const [synthetic, real] = [decideNumber('synthetic', form), decideNumber('real', form)];
    expect(synthetic.ok && real.ok).toBe(false);
    expect(synthetic.ok).toBe(form === 'tnr' || form === 'dnr-and-tnr');
    expect(real.ok).toBe(form === 'fnr' || form === 'dnr');
    // What is refused is never said again.
    expect(JSON.stringify([synthetic, real])).not.toContain(number);
  });

  test('says which wrong it is, and whether it is a D-number', () => {
    expect(decideNumber('real', 'tnr')).toEqual({ ok: false, refusal: { kind: 'of-the-other-series' } });
    expect(decideNumber('synthetic', 'dnr')).toEqual({ ok: false, refusal: { kind: 'of-the-other-series' } });
    expect(decideNumber('real', 'hnr')).toEqual({ ok: false, refusal: { kind: 'not-a-number' } });
    expect(decideNumber('synthetic', 'dnr-and-tnr')).toEqual({ ok: true, value: 'D_NUMBER' });
    expect(decideNumber('real', 'dnr')).toEqual({ ok: true, value: 'D_NUMBER' });
    expect(formOf('')).toBe('invalid');
    expect(formOf('1234567890x')).toBe('invalid');
  });
});
