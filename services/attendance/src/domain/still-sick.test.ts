import { instantOf } from '@ranselpost/kit/pure/dates';
import { describe, expect, test } from 'vitest';
import { type UnitCalendar, defaultCalendar } from './calendar.ts';
import { laterDayToAsk, nextOfStillSick, sickDayBefore, stillSickNow } from './still-sick.ts';

const day = '2026-11-24';
const at = (time: string) => instantOf(day, time);
const place = (unitId: string, given: Partial<UnitCalendar> = {}, isFeatureOpen = true) => ({
  calendar: { ...defaultCalendar(unitId, 'KINDERGARTEN'), ...given, unitId },
  isFeatureOpen,
});
const next = (time: string, places = [place('k')], state: 'WAITING' | 'ASKED' = 'WAITING') =>
  nextOfStillSick({ state, day }, places, at(time));
const settled = { state: 'SETTLED', lookAt: null, unitId: null };

describe('whether a child who was ill yesterday is still ill (T09)', () => {
  test('is asked half an hour before the kindergarten plans its day, and not once it has', () => {
    expect(next('06:59')).toEqual({ state: 'WAITING', lookAt: at('07:00'), unitId: null });
    expect(next('07:00')).toEqual({ state: 'ASKED', lookAt: null, unitId: 'k' });
    expect(next('07:29')).toMatchObject({ state: 'ASKED' });
    expect(next('07:30')).toEqual(settled);
    expect(
      nextOfStillSick({ state: 'WAITING', day }, [place('k')], instantOf('2026-11-25', '07:10')),
    ).toEqual(settled);
  });

  test('is asked by nobody who does not want to know, is closed, or plans before people are up', () => {
    expect(next('07:10', [])).toEqual(settled);
    expect(next('07:10', [place('k', { askMinutesBefore: null })])).toEqual(settled);
    const closed = [{ firstDay: day, lastDay: day, kind: 'PLANNING' as const }];
    expect(next('07:10', [place('k', { closed })])).toEqual(settled);
    expect(next('05:00', [place('k', { askMinutesBefore: 1440 })])).toMatchObject({ lookAt: at('06:00') });
    expect(next('05:00', [place('k', { planningAt: '06:00' })])).toEqual(settled);
  });

  test('is asked once for all units, by the first that still can', () => {
    const school = place('s', { planningAt: '08:15' });
    expect(next('06:00', [school, place('k')])).toMatchObject({ lookAt: at('07:00') });
    expect(next('07:50', [school, place('k')])).toMatchObject({ state: 'ASKED', unitId: 's' });
  });

  test('waits while absence is stopped at the unit (X07)', () => {
    expect(next('07:10', [place('k', {}, false)])).toEqual({
      ...settled,
      state: 'WAITING',
      lookAt: at('07:11'),
    });
  });

  test('is answered for as long as what is reported of the day says the same, which wins', () => {
    expect(
      (['STILL_SICK', 'EXPECTED', 'ASKED', 'SETTLED'] as const).map((state) =>
        (['SICK', 'OTHERWISE', null] as const).map((reported) => stillSickNow(state, reported)),
      ),
    ).toEqual([
      ['STILL_SICK', 'SETTLED', 'ASKED'],
      ['STILL_SICK', 'SETTLED', 'EXPECTED'],
      ['ASKED', 'ASKED', 'ASKED'],
      ['SETTLED', 'SETTLED', 'SETTLED'],
    ]);
  });

  test('stands while nobody has said or seen anything, also after the day was planned', () => {
    expect(next('09:00', [place('k')], 'ASKED')).toMatchObject({ state: 'ASKED' });
    expect(next('07:10', [], 'ASKED')).toEqual(settled);
  });

  test('is moved on to the next open day, unless the break is long', () => {
    const { calendar } = place('k');
    // From Friday to Monday; from before the Easter of 2027 to after it; from the day before 17 May to the day after.
    const moved = (on: string, given: Partial<UnitCalendar> = {}) => {
      const later = laterDayToAsk({ ...calendar, ...given }, on);
      return [later, later && sickDayBefore({ ...calendar, ...given }, later)];
    };
    expect(moved('2026-11-28')).toEqual(['2026-11-30', '2026-11-27']);
    expect(moved('2027-03-25')).toEqual(['2027-03-30', '2027-03-24']);
    const closed = [{ firstDay: '2026-10-05', lastDay: '2026-10-09', kind: 'HOLIDAY' as const }];
    expect(moved('2026-10-03', { closed })).toEqual([null, null]);
    expect(moved('2026-10-03', { closed: [{ ...closed[0]!, lastDay: '2026-10-08' }] })).toEqual([
      ...['2026-10-09', '2026-10-02'],
    ]);
    expect(sickDayBefore(calendar, day)).toBe('2026-11-23');
  });

  test('waits for its day to begin, while what is said of it may be taken back, unless it is moved on', () => {
    const before = (places: readonly ReturnType<typeof place>[]) =>
      nextOfStillSick({ state: 'WAITING', day }, places, instantOf('2026-11-23', '18:00'));
    const waits = { state: 'WAITING', lookAt: at('00:00'), unitId: null };
    expect([before([]), before([place('k')])]).toEqual([waits, waits]);
    const closed = [{ firstDay: day, lastDay: day, kind: 'PLANNING' as const }];
    expect(before([place('k', { closed })])).toEqual(settled);
    expect(before([place('k', { closed }), place('s')])).toEqual(waits);
  });
});
