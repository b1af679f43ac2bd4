import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import {
  inRole,
  integrator,
  mother,
  parental,
  protectedFrom,
  strange,
  teacher,
} from '../../test/meeting-facts.ts';
import { childrenInCalendar, mayHaveCalendar, standsStill, toCalendar } from './calendar.ts';

test('a calendar says when, and nothing else (MSG-14, S-07)', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 29, hour, 30));
  const written = toCalendar([{ id: 'talk', startsAt: at(0), endsAt: at(1) }], {
    now: at(9),
    uidOf: (id) => `uid-of-${id}`,
  });
  expect(written.split('\r\n')).toEqual([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Ranselpost//Ranselpost//NO', 'CALSCALE:GREGORIAN'],
    ...['X-WR-CALNAME:Ranselpost', 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H'],
    ...['BEGIN:VEVENT', 'UID:uid-of-talk@ranselpost', 'DTSTAMP:20260329T093000Z'],
    // Across the night in which clocks change, instants stay what they are.
    ...['DTSTART:20260329T003000Z', 'DTEND:20260329T013000Z', 'SUMMARY:Avtale i Ranselpost'],
    ...['CLASS:PRIVATE', 'END:VEVENT', 'END:VCALENDAR', ''],
  ]);
  const long = toCalendar([{ id: 'x', startsAt: at(0), endsAt: at(1) }], {
    now: at(0),
    uidOf: () => 'f'.repeat(32),
  });
  expect(Math.max(...long.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(75);
});

test('what reads calendars finds in it what was written (M36)', () => {
  const entries = Array.from({ length: 3 }, (_none, month) => ({
    id: `talk-${month}`,
    startsAt: new Date(Date.UTC(2026, month * 5, 28, 23, 30)),
    endsAt: new Date(Date.UTC(2026, month * 5, 29, 0, 15)),
  }));
  const uidOf = (id: string): string => `uid-of-${id}`;
  const read = (written: typeof entries) => {
    const root = new ICAL.Component(ICAL.parse(toCalendar(written, { now: new Date(0), uidOf })) as object[]);
    expect([root.name, root.getFirstPropertyValue('version')]).toEqual(['vcalendar', '2.0']);
    return root.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  };
  expect(
    read(entries).map(({ uid, startDate, endDate }) => [uid, startDate.toJSDate(), endDate.toJSDate()]),
  ).toEqual(entries.map(({ id, startsAt, endsAt }) => [`uid-of-${id}@ranselpost`, startsAt, endsAt]));
  expect(new Set(read(entries).map(({ summary }) => summary))).toEqual(new Set(['Avtale i Ranselpost']));
  expect(read([])).toEqual([]);
});

test('it is for guardians, and leaves a protected child out (S-08, ADR-09, GUA-20)', () => {
  for (const [actor, facts] of [
    [mother, strange],
    [teacher, inRole('LEADER', null)],
    [teacher, parental],
    [integrator, parental],
  ] as const)
    expect(() => mayHaveCalendar(actor, facts, ['child'])).toThrow('Not found.');
  expect(() => mayHaveCalendar(mother, parental, ['child'])).not.toThrow();
  expect(childrenInCalendar(mother, parental, ['child', 'another'])).toEqual(['child']);
  expect(childrenInCalendar(mother, protectedFrom(parental), ['child'])).toEqual([]);
});

test('an address stands as long as nobody by whom it was made is lost (GUA-10)', () => {
  expect([standsStill(['a'], ['a', 'b']), standsStill(['a', 'b'], ['b']), standsStill([], [])]).toEqual([
    true,
    false,
    false,
  ]);
});
