import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultCalendar } from './calendar.ts';
import type { Said, Seen } from './day-state.ts';
import { type SchoolDay, countDay, countDays, summarize } from './school-day.ts';

const monday = '2026-11-02';
const calendar = defaultCalendar('school', 'SCHOOL');
const lessons = [
  ['first', '08:15', '09:00'],
  ['second', '09:00', '09:45'],
  ['third', '10:00', '10:45'],
].map(([id, starts, ends]) => ({ id: id!, groupId: '9A', starts: starts!, ends: ends! }));
const absent: Seen = { standing: 'ABSENT', came: null, went: null };
const present: Seen = { standing: 'PRESENT', came: null, went: null };
const wholeDayAway: Said = { kind: 'AWAY', at: null, isLeave: false };
const aDay = (more: Partial<SchoolDay> = {}): SchoolDay => ({
  ...{ unitId: 'school', day: monday, isLeave: false, said: [], seen: {}, lessons, ...more },
});
const counted = (more: Partial<SchoolDay>) => {
  const day = countDay(calendar, aDay(more));
  return day === null ? 'nothing' : (day.hours ?? 'a day');
};

describe('what counts of a day at school', () => {
  test('is the whole of it, or the lessons that were missed, and never one from the other (ABS-05)', () => {
    expect(counted({})).toBe('nothing');
    expect(counted({ said: [wholeDayAway] })).toBe('a day');
    expect(counted({ seen: { first: absent, second: absent } })).toBe(2);
    expect(counted({ seen: { first: absent, second: absent, third: absent } })).toBe('a day');
    // Who arrives for the last lesson has missed hours, and no day.
    expect(counted({ said: [{ kind: 'LATE', at: '10:00', isLeave: false }] })).toBe(2);
    expect(counted({ said: [{ kind: 'LEFT_EARLY', at: '09:00', isLeave: false }] })).toBe(2);
    expect(counted({ said: [{ kind: 'LATE', at: '08:30', isLeave: false }] })).toBe('nothing');
  });

  test('is what staff have marked before what was reported (ABS-03)', () => {
    expect(counted({ said: [wholeDayAway], seen: { DAY: present } })).toBe('nothing');
    expect(counted({ said: [wholeDayAway], seen: { third: present } })).toBe(2);
    expect(counted({ said: [wholeDayAway], seen: { DAY: { ...present, came: '09:00' } } })).toBe(1);
    expect(counted({ seen: { DAY: absent } })).toBe('a day');
    expect(counted({ seen: { DAY: absent, second: present } })).toBe(2);
    // To be elsewhere on duty is no absence (ABS-01).
    expect(
      counted({ said: [wholeDayAway], seen: { DAY: { standing: 'ELSEWHERE', came: null, went: null } } }),
    ).toBe('nothing');
  });

  test('is absence from teaching for whoever is at the school and not in the lesson (ABS-11)', () => {
    expect(counted({ seen: { DAY: present, second: absent } })).toBe(1);
    expect(
      counted({ seen: { DAY: { ...present, came: '08:15', went: '10:45' }, first: absent, third: absent } }),
    ).toBe(2);
  });

  test('is nothing on a day on which the school is closed, or of a school that nobody knows', () => {
    expect(counted({ day: '2026-11-01', said: [wholeDayAway] })).toBe('nothing');
    expect(countDays(new Map(), [aDay({ said: [wholeDayAway] })])).toEqual([]);
  });

  test('tells what nobody had reported, such as staying away on leave that nobody granted (LEA-10)', () => {
    expect(countDay(calendar, aDay({ seen: { DAY: absent } }))?.isUnreported).toBe(true);
    expect(countDay(calendar, aDay({ isLeave: false, seen: { DAY: absent } }))).toMatchObject({
      hours: null,
      isLeave: false,
    });
    expect(countDay(calendar, aDay({ seen: { DAY: absent }, said: [wholeDayAway] }))?.isUnreported).toBe(
      false,
    );
  });

  test('has no number of hours where nobody knows the lessons; that is not none (S-26)', () => {
    const part = countDay(calendar, aDay({ lessons: [], seen: { DAY: { ...present, came: '10:00' } } }));
    expect(part).toMatchObject({ hours: 0, areHoursKnown: false });
    expect(summarize([part!], true)).toEqual({ days: 0, leaveDays: 0, hours: null });
    expect(summarize([], false).hours).toBeNull();
    expect(summarize([], true).hours).toBe(0);
    expect(counted({ lessons: [], seen: { DAY: absent } })).toBe('a day');
    expect(counted({ lessons: [], said: [wholeDayAway] })).toBe('a day');
  });

  test('is the same as somebody would count by hand, whatever was said and seen (ABS-01, ABS-03, ABS-05)', () => {
    const time = fc.constantFrom('08:15', '08:30', '09:00', '09:45', '10:00', '10:45', '13:00');
    const mark = fc.oneof(
      fc.constant(absent),
      fc.constant<Seen>({ standing: 'ELSEWHERE', came: null, went: null }),
      fc.record({ came: fc.option(time), went: fc.option(time) }).map(({ came, went }): Seen => ({
        ...{ standing: 'PRESENT', came, went: came !== null && went !== null && went < came ? null : went },
      })),
    );
    const marks = fc.uniqueArray(fc.tuple(fc.constantFrom('DAY', 'first', 'second', 'third'), mark), {
      selector: ([slot]) => slot,
    });
    const said = fc.array(
      fc.oneof(
        fc.constant(wholeDayAway),
        fc.record({ kind: fc.constantFrom('LATE' as const, 'LEFT_EARLY' as const), at: time }),
      ),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(marks, said, fc.boolean(), (some, reports, isLeave) => {
        const seen = Object.fromEntries(some);
        const reported = reports.map((one) => ({ isLeave: false, ...one }));
        const missed = lessons.filter((lesson) => {
          if (seen[lesson.id] !== undefined) return seen[lesson.id]!.standing === 'ABSENT';
          const day = seen['DAY'];
          if (day?.standing === 'ABSENT') return true;
          if (day?.standing === 'ELSEWHERE') return false;
          if (day !== undefined)
            return (day.came ?? '00:00') >= lesson.ends || (day.went ?? '24:00') <= lesson.starts;
          return reported.some(
            ({ kind, at }) =>
              kind === 'AWAY' || (kind === 'LATE' ? at! >= lesson.ends : at! <= lesson.starts),
          );
        }).length;
        expect(counted({ seen, said: reported, isLeave })).toBe(['nothing', 1, 2, 'a day'][missed]);
      }),
      { numRuns: 200 },
    );
  });
});

test('days of two schools of a year are counted together, and a day of both once (ABS-05)', () => {
  const calendars = new Map([
    ['school', calendar],
    ['other', defaultCalendar('other', 'SCHOOL')],
  ]);
  const away = { said: [wholeDayAway] };
  const days = [
    aDay(away),
    aDay({ ...away, unitId: 'other' }),
    aDay({ ...away, unitId: 'other', day: '2026-11-03', isLeave: true }),
    aDay({ unitId: 'other', day: '2026-11-04', seen: { first: absent } }),
  ];
  expect(summarize(countDays(calendars, days), true)).toEqual({ days: 2, hours: 1, leaveDays: 1 });
});
