import { describe, expect, test } from 'vitest';
import { dayOfChild, reportable } from './day-of-child.ts';
import type { TodayChild } from './use-today.ts';

const monday = '2026-11-23';
const school = {
  id: 's',
  name: 'Paraplyen skole',
  kind: 'SCHOOL',
  openDays: [monday],
  features: [],
} as const;
const care = { id: 'c', name: 'Paraplyen SFO', kind: 'AFTER_SCHOOL', openDays: [], features: [] } as const;
const enrolment = { id: 'e', from: '2026-08-01', to: null, unit: school, groups: [{ id: 'g', name: '3A' }] };
const away = { id: 'a', day: monday, cause: 'SICK', arrivesAt: null, leavesAt: null, unit: school } as const;
const child: TodayChild = {
  ...{ id: 'k', name: null, stillSick: null, stays: [], absences: { nodes: [] } },
  enrolments: [enrolment],
};

describe('the day of a child', () => {
  test('has each unit once, with all its groups there', () => {
    const twice = { ...enrolment, id: 'f', groups: [{ id: 'h', name: 'Kontaktgruppe 1' }] };
    expect(dayOfChild({ ...child, enrolments: [enrolment, twice] }, monday)).toMatchObject([
      { unit: { id: 's' }, groups: ['3A', 'Kontaktgruppe 1'], isOpen: true },
    ]);
  });

  test('knows a place from its first day on, and not on the day after its last', () => {
    expect(dayOfChild({ ...child, enrolments: [{ ...enrolment, from: '2026-11-24' }] }, monday)).toEqual([]);
    expect(dayOfChild({ ...child, enrolments: [{ ...enrolment, to: monday }] }, monday)).toEqual([]);
  });

  test('takes what was said of one day before what holds each week', () => {
    const weekly = {
      unit: school,
      weekday: 1,
      day: null,
      comes: true,
      arrives: null,
      leaves: '14:00',
      goesHome: 'ALONE',
    } as const;
    const once = { ...weekly, weekday: null, day: monday, leaves: '13:00' };
    expect(dayOfChild({ ...child, stays: [weekly, once] }, monday)[0]?.stay?.leaves).toBe('13:00');
    expect(
      dayOfChild({ ...child, stays: [weekly, { ...once, day: '2026-11-30' }] }, monday)[0]?.stay?.leaves,
    ).toBe('14:00');
  });

  test('can be reported where the unit is open, or nobody could say, and the whole day is not reported yet', () => {
    const both = { ...child, enrolments: [enrolment, { ...enrolment, id: 'f', unit: care }] };
    expect(reportable(dayOfChild(both, monday)).map(({ unit }) => unit.id)).toEqual(['s']);
    const unknown = { ...enrolment, unit: { ...care, openDays: null } };
    expect(reportable(dayOfChild({ ...child, enrolments: [unknown] }, monday))).toHaveLength(1);
    expect(reportable(dayOfChild({ ...child, absences: { nodes: [away] } }, monday))).toEqual([]);
    const late = { ...away, arrivesAt: '10:00' };
    expect(reportable(dayOfChild({ ...child, absences: { nodes: [late] } }, monday))).toHaveLength(1);
  });
});
