import { addDays } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalendarTerms,
  askInstant,
  closedReason,
  cutOff,
  decideCalendar,
  defaultCalendar,
  isOpen,
  nextOpenDay,
  schoolDays,
  schoolYearOf,
} from './calendar.ts';

const school = defaultCalendar('school', 'SCHOOL');
const kindergarten = defaultCalendar('kindergarten', 'KINDERGARTEN');

describe('the days of a unit', () => {
  test('are weekdays that are no public holidays, until the unit has said more', () => {
    expect(schoolDays(school, '2026-11-20', '2026-11-24')).toEqual([
      '2026-11-20',
      '2026-11-23',
      '2026-11-24',
    ]);
    expect(closedReason(school, '2026-11-22')).toBe('WEEKEND');
    expect(closedReason(school, '2027-05-17')).toBe('PUBLIC_HOLIDAY');
  });

  test('are those within its school year, without its holidays and planning days', () => {
    const said = {
      ...school,
      schoolYears: [{ firstDay: '2026-08-17', lastDay: '2027-06-18' }],
      closed: [
        { firstDay: '2026-10-05', lastDay: '2026-10-09', kind: 'HOLIDAY' as const },
        { firstDay: '2026-11-23', lastDay: '2026-11-23', kind: 'PLANNING' as const },
      ],
    };
    expect(closedReason(said, '2026-08-14')).toBe('HOLIDAY');
    expect(closedReason(said, '2026-08-17')).toBeNull();
    expect(closedReason(said, '2027-06-18')).toBeNull();
    expect(closedReason(said, '2027-06-21')).toBe('HOLIDAY');
    // Nothing is said of the year after.
    expect(closedReason(said, '2027-08-02')).toBeNull();
    expect(schoolDays(said, '2026-10-01', '2026-10-13')).toEqual([
      ...['2026-10-01', '2026-10-02', '2026-10-12', '2026-10-13'],
    ]);
    expect(closedReason(said, '2026-11-23')).toBe('PLANNING');
    expect(nextOpenDay(said, '2026-11-20')).toBe('2026-11-24');
    expect(
      nextOpenDay(
        { ...said, closed: [{ firstDay: '2026-01-01', lastDay: '2029-01-01', kind: 'HOLIDAY' }] },
        '2026-11-20',
      ),
    ).toBeNull();
  });

  test('belong to the school year that begins on 1 August (rules § 0)', () => {
    expect(['2026-07-31', '2026-08-01', '2027-01-01', '2027-07-31'].map(schoolYearOf)).toEqual([
      2025, 2026, 2026, 2026,
    ]);
  });

  test('of a period are those that are open one by one, whatever the unit says (property)', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days));
    const span = fc.tuple(day, fc.integer({ min: 0, max: 30 })).map(([firstDay, days]) => ({
      ...{ firstDay, lastDay: addDays(firstDay, days), kind: 'HOLIDAY' as const },
    }));
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 4 }),
        day,
        fc.integer({ min: 0, max: 60 }),
        (closed, from, length) => {
          const calendar = { ...school, closed };
          const to = addDays(from, length);
          const days = schoolDays(calendar, from, to);
          for (let one = from; one <= to; one = addDays(one, 1))
            expect(days.includes(one)).toBe(isOpen(calendar, one));
          const next = nextOpenDay(calendar, from);
          if (days.length > 0 && next !== null) expect(next).toBe(days.find((one) => one > from) ?? next);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the cut-off (ABS-13)', () => {
  test('is when school begins, and elsewhere when the unit plans its day, in summer and winter time', () => {
    expect(cutOff(school, '2026-11-23').toISOString()).toBe('2026-11-23T07:15:00.000Z');
    expect(cutOff(school, '2026-06-01').toISOString()).toBe('2026-06-01T06:15:00.000Z');
    expect(cutOff(kindergarten, '2026-11-23').toISOString()).toBe('2026-11-23T06:30:00.000Z');
    // The Fridays before clocks change, and the Mondays after.
    expect(cutOff(kindergarten, '2026-03-27').toISOString()).toBe('2026-03-27T06:30:00.000Z');
    expect(cutOff(kindergarten, '2026-03-30').toISOString()).toBe('2026-03-30T05:30:00.000Z');
    expect(cutOff(kindergarten, '2026-10-23').toISOString()).toBe('2026-10-23T05:30:00.000Z');
    expect(cutOff(kindergarten, '2026-10-26').toISOString()).toBe('2026-10-26T06:30:00.000Z');
  });

  test('is within the day also where clocks leave the time out, show it twice, or show midnight', () => {
    const at = (planningAt: string, day: string) =>
      cutOff({ ...kindergarten, planningAt }, day).toISOString();
    expect(at('02:30', '2026-03-29')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('02:30', '2026-10-25')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('00:00', '2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
    expect(at('00:00', '2026-10-26')).toBe('2026-10-25T23:00:00.000Z');
  });

  test('of an early leave from school is when the child goes; of a late arrival when school begins', () => {
    const of = (arrivesAt: string | null, leavesAt: string | null) =>
      cutOff(school, '2026-11-23', { arrivesAt, leavesAt }).toISOString();
    expect(of(null, '12:00')).toBe('2026-11-23T11:00:00.000Z');
    expect(of('10:00', null)).toBe('2026-11-23T07:15:00.000Z');
    expect(of('10:00', '12:00')).toBe('2026-11-23T07:15:00.000Z');
  });

  test('is asked before, by as much as the unit says (T09)', () => {
    expect(askInstant(kindergarten, '2026-11-23')?.toISOString()).toBe('2026-11-23T06:00:00.000Z');
    // Eleven hours before, of the day whose clocks have gone forward at night.
    expect(askInstant({ ...kindergarten, askMinutesBefore: 660 }, '2026-03-29')?.toISOString()).toBe(
      '2026-03-28T18:30:00.000Z',
    );
    expect(askInstant({ ...kindergarten, askMinutesBefore: null }, '2026-11-23')).toBeNull();
  });
});

describe('what a leader says of the days', () => {
  const decide = (more: Partial<CalendarTerms>) => decideCalendar({ ...school, ...more });

  test('is refused where days or times are in the wrong order, or are too many', () => {
    const backwards = { firstDay: '2026-10-09', lastDay: '2026-10-05' };
    const years = { firstDay: '2026-08-17', lastDay: '2027-06-18' };
    for (const wrong of [
      { closed: [{ ...backwards, kind: 'HOLIDAY' as const }] },
      { schoolYears: [{ firstDay: '2026-08-17', lastDay: '2027-08-18' }] },
      { schoolYears: [years, { ...years, firstDay: '2026-08-24' }] },
    ])
      expect(decide(wrong)).toEqual({ ok: false, refusal: { kind: 'calendar-days-wrong' } });
    for (const wrong of [{ opensAt: '14:00' }, { planningAt: '14:01' }])
      expect(decide(wrong)).toEqual({ ok: false, refusal: { kind: 'calendar-times-wrong' } });
    const closed = Array.from({ length: 101 }, () => ({ ...years, kind: 'HOLIDAY' as const }));
    expect(decide({ closed })).toEqual({ ok: false, refusal: { kind: 'calendar-too-long' } });
    expect(decide({ schoolYears: [years] })).toMatchObject({ ok: true });
  });
});
