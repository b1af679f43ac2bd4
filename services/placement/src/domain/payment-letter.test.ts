import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import { describe, expect, test } from 'vitest';
import { type PaymentDecision, paymentLetter } from './payment-letter.ts';

const act = administrationAct('2027-04-20');
const languages = ['nb', 'nn', 'en'] as const;
const months = { first: '2027-05', last: '2027-07' } as const;
const granted = { kind: 'GRANTED', countedIncome: 412_000, months } as const;
const letter = (more: Partial<PaymentDecision> = {}, language: (typeof languages)[number] = 'nb') =>
  paymentLetter(
    {
      ...{ care: 'KINDERGARTEN', outcome: granted, reason: null },
      ...{ appealBody: 'Formannskapet', municipality: 'Bergen kommune' },
      ...more,
    },
    act,
    language,
  );

describe('the letter with a decision on reduced payment', () => {
  test.each(languages)(
    'has in %s how to appeal, where to and until when (PAY-10, ADM-02, ADM-04)',
    (language) => {
      for (const outcome of [granted, { kind: 'REFUSED' } as const])
        for (const word of ['Formannskapet', 'Bergen kommune', '§§ 28', '3 ', '§§ 18', '§ 11'])
          expect(letter({ outcome, reason: 'Inntekten er høyere.' }, language)).toContain(word);
    },
  );

  test('says the income that counts and the months (PAY-06, PAY-08)', () => {
    expect(letter()).toContain('fra 05.2027 til og med 07.2027, etter en inntekt på 412 000 kroner');
    expect(letter({ outcome: { kind: 'REFUSED' }, reason: 'For høy.' }, 'nn')).toContain('betaler full pris');
  });

  test('has the reasons, or the right to them (ADM-02)', () => {
    expect(letter({ reason: 'Skattemeldingen.' })).toContain('Begrunnelse: Skattemeldingen.');
    expect(letter()).toContain('§ 24');
  });

  test('cites after-school care by its name (SFO-04)', () => {
    for (const language of languages)
      expect(letter({ care: 'SFO' }, language)).not.toMatch(/barnehage|kindergarten/);
  });
});
