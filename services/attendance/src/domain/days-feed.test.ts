import { toCalendarFile } from '@ranselpost/kit/pure/calendar-file';
import { instantOf } from '@ranselpost/kit/pure/dates';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { defaultCalendar } from './calendar.ts';
import { type PlaceInCalendar, itemsOf } from './days-feed.ts';

const [monday, tuesday, wednesday] = ['2026-11-23', '2026-11-24', '2026-11-25'];
const period = { from: monday, to: '2026-11-29' };
const place = (kind: 'SCHOOL' | 'AFTER_SCHOOL', given: Partial<PlaceInCalendar> = {}): PlaceInCalendar => ({
  ...{ calendar: defaultCalendar(kind, kind), from: '2020-08-01', to: null, absences: [], stays: [] },
  isShown: true,
  ...given,
});
const items = (...places: PlaceInCalendar[]) =>
  itemsOf(places, { absences: period, stays: period }).map(({ id: _id, ...item }) => item);
const whole = { arrivesAt: null, leavesAt: null };

test('a calendar of a child’s days says away and not why, and closed and planning days as runs (ABS-04, S-07)', () => {
  const closed = [
    { firstDay: tuesday, lastDay: wednesday, kind: 'HOLIDAY' as const },
    { firstDay: '2026-11-26', lastDay: '2026-11-26', kind: 'PLANNING' as const },
  ];
  const calendar = { ...defaultCalendar('s', 'SCHOOL'), closed };
  const absences = [
    { id: 'a', day: monday, ...whole },
    { id: 'b', day: '2026-11-27', arrivesAt: '10:00', leavesAt: null },
    { id: 'c', day: '2026-12-27', ...whole },
  ];
  expect(items(place('SCHOOL', { calendar, absences }))).toEqual([
    { summary: 'Skole: stengt', firstDay: tuesday, lastDay: wednesday },
    { summary: 'Skole: planleggingsdag', firstDay: '2026-11-26', lastDay: '2026-11-26' },
    { summary: 'Skole: borte', firstDay: monday, lastDay: monday },
    {
      summary: 'Skole: borte',
      startsAt: instantOf('2026-11-27', '08:15'),
      endsAt: instantOf('2026-11-27', '10:00'),
    },
  ]);
});

test('it has the hours in after-school care on days on which it is open and the child is not away (T18)', () => {
  const stay = {
    childId: 'ours',
    unitId: 's',
    weekday: 1,
    day: null,
    comes: true,
    goesHome: 'ALONE' as const,
  };
  const stays = [
    { ...stay, arrives: null, leaves: '15:30' },
    { ...stay, weekday: 2, arrives: '13:00', leaves: '16:00' },
    { ...stay, weekday: 3, comes: false, arrives: null, leaves: null, goesHome: null },
    { ...stay, weekday: 6, arrives: null, leaves: '12:00' },
  ];
  expect(items(place('AFTER_SCHOOL', { stays, absences: [{ id: 'a', day: tuesday, ...whole }] }))).toEqual([
    { summary: 'SFO: borte', firstDay: tuesday, lastDay: tuesday },
    { summary: 'SFO', startsAt: instantOf(monday, '07:30'), endsAt: instantOf(monday, '15:30') },
    { summary: 'SFO: kommer ikke', firstDay: wednesday, lastDay: wednesday },
  ]);
  expect(items(place('AFTER_SCHOOL', { stays, to: monday }))).toEqual([]);
});

test('it has each absence once, also of a child who has changed group and has two places at the unit', () => {
  const absences = [monday, tuesday].map((day) => ({ id: day, day, ...whole }));
  const both = [place('SCHOOL', { absences, to: tuesday }), place('SCHOOL', { absences, from: tuesday })];
  expect(
    items(...both).map(({ summary, ...days }) => [summary, 'firstDay' in days && days.firstDay]),
  ).toEqual([
    ['Skole: borte', monday],
    ['Skole: borte', tuesday],
  ]);
});

test('it says that the days of a unit are hidden, and nothing of them (X07, S-26)', () => {
  const absences = [{ id: 'a', day: tuesday, ...whole }];
  expect(items(place('AFTER_SCHOOL', { absences, isShown: false }), place('SCHOOL', { absences }))).toEqual([
    { summary: 'SFO: dagene vises ikke nå', firstDay: monday, lastDay: monday },
    { summary: 'Skole: borte', firstDay: tuesday, lastDay: tuesday },
  ]);
  expect(items(place('AFTER_SCHOOL', { isShown: false, to: monday }))).toEqual([]);
});

test('what reads calendars finds whole days in it, both ends included', () => {
  const written = toCalendarFile(
    [{ id: 'x', summary: 'Skole: stengt', firstDay: '2026-12-31', lastDay: '2027-01-01' }],
    { now: new Date(0), uidOf: (id) => id },
  );
  const [event] = new ICAL.Component(ICAL.parse(written) as object[]).getAllSubcomponents('vevent');
  const { startDate, endDate, summary } = new ICAL.Event(event);
  expect([startDate.isDate, startDate.toString(), endDate.toString(), summary]).toEqual([
    ...[true, '2026-12-31', '2027-01-02', 'Skole: stengt'],
  ]);
});
