import { expect, test } from 'vitest';
import { complaintDeadline, leaveLetter } from './leave-letter.ts';

const leave = { firstDay: '2026-12-07', lastDay: '2026-12-09', kind: 'GENERAL' } as const;
const whole = { leave, period: leave, stands: null, replaces: null };
const to = { complaintTo: 'Statsforvalteren i Vestland', writtenForm: 'nb' } as const;

test('a decision on leave says all that one has to say, refused and granted (ADM-02, LEA-06)', () => {
  for (const writtenForm of ['nb', 'nn'] as const)
    for (const outcome of ['GRANTED', 'REFUSED'] as const) {
      const decided = { ...whole, verdict: { outcome, reasons: 'Fordi.' }, schoolDayCount: 3 };
      const letter = leaveLetter(decided, { ...to, writtenForm }, '2026-11-23');
      for (const words of [
        '§ 2-2',
        '§ 24',
        'Fordi.',
        '§§ 28 og 29',
        'Statsforvalteren i Vestland',
        ' 3 ',
        '§§ 18 og 19',
        '§ 11',
      ])
        expect(letter).toContain(words);
      expect(letter).toContain('7.12.2026');
    }
});

test('a decision that replaces another names it, and says of which days it is (ADM-10)', () => {
  for (const [writtenForm, less, words] of [
    [
      'nb',
      'For de andre dagene får barnet ikke permisjon',
      'fra 8.12.2026 til og med 8.12.2026 står ved lag',
    ],
    [
      'nn',
      'For dei andre dagane får barnet ikkje permisjon',
      'frå 8.12.2026 til og med 8.12.2026 står ved lag',
    ],
  ] as const) {
    const said = (
      outcome: 'GRANTED' | 'REFUSED',
      period: { firstDay: string; lastDay: string },
      stands: typeof period | null = null,
    ) =>
      leaveLetter(
        {
          ...{ leave, period, stands, verdict: { outcome, reasons: 'Fordi.' } },
          ...{ schoolDayCount: 2, replaces: '2026-11-20' },
        },
        { ...to, writtenForm },
        '2026-11-23',
      );
    const fewer = said('GRANTED', { ...leave, lastDay: '2026-12-08' });
    for (const one of ['20.11.2026', '8.12.2026', '9.12.2026', less]) expect(fewer).toContain(one);
    // Granted from the 8th alone, and taken back from the 9th on: the 7th never stood.
    const one = { firstDay: '2026-12-08', lastDay: '2026-12-08' };
    expect(said('REFUSED', { ...leave, firstDay: '2026-12-09' }, one)).toContain(words);
    expect(said('REFUSED', leave)).not.toContain('ved lag');
    expect(said('GRANTED', leave)).not.toContain(less);
  }
});

test('a holy day is named by its paragraph alone (LEA-04)', () => {
  const verdict = { outcome: 'GRANTED', reasons: null } as const;
  const decided = { ...whole, leave: { ...leave, kind: 'HOLY_DAY' as const }, verdict, schoolDayCount: 1 };
  expect(leaveLetter(decided, to, '2026-11-23')).toContain('helligdag følger av opplæringslova § 2-2');
});

test('three weeks to complain begin when it is opened, and end on a working day (ADM-03)', () => {
  expect(complaintDeadline(null)).toBeNull();
  expect(complaintDeadline(new Date('2026-11-04T08:00:00Z'))).toBe('2026-11-25');
  expect(complaintDeadline(new Date('2026-12-04T08:00:00Z'))).toBe('2026-12-28');
});
