import { describe, expect, test } from 'vitest';
import type { Audience, StaffRole } from './audience.ts';
import { type OutOfOffice, addressees, decideAway, staffAnswered } from './out-of-office.ts';

const today = '2026-11-23';
const role = (personId: string, kind: string, groupId: string | null = '2a'): StaffRole => ({
  ...{ personId, role: kind, groupId },
});
const away = (
  personId: string,
  standInId: string | null = null,
  more: Partial<OutOfOffice> = {},
): OutOfOffice => ({
  ...{ id: personId, unitId: 'school', personId, from: '2026-11-20', to: '2026-11-27', standInId },
  reply: 'ANSWERS_WHEN_BACK',
  ...more,
});
const place = { childId: 'child', groupIds: ['2a'], from: '2026-08-01', to: null, namedStaff: null };
const audience = (more: Partial<Audience> = {}): Audience => ({
  ...{ unitKind: 'SCHOOL', places: [place], guardians: [], away: [] },
  staff: [
    ...[role('leader', 'LEADER', null), role('teacher', 'CONTACT_TEACHER'), role('assistant', 'ASSISTANT')],
    ...[role('office', 'ADMINISTRATOR', null), role('neighbour', 'TEACHER', '2b')],
  ],
  ...more,
});
const reached = (some: readonly OutOfOffice[], more: Partial<Audience> = {}, to = ['teacher']) =>
  addressees(audience({ away: some, ...more }), to, ['child'], today).map(
    ({ personId, away: isAway, standsInFor }) =>
      [
        personId,
        ...(isAway === null ? [] : ['away']),
        ...(standsInFor === null ? [] : [`for ${standsInFor}`]),
      ].join(' '),
  );

describe('to whom something goes while somebody is away (M24)', () => {
  test('is whoever it is written to, while they are here', () => {
    expect(reached([])).toEqual(['teacher']);
    expect(reached([away('teacher', 'office', { from: '2026-11-24' })])).toEqual(['teacher']);
    expect(reached([away('teacher', 'office', { to: today })])).toEqual(['teacher']);
  });
  test('is their stand-in too, who reads it by themself', () => {
    expect(reached([away('teacher', 'office')])).toEqual(['teacher away', 'office for teacher']);
    expect(reached([away('teacher', 'leader')], {}, ['teacher', 'leader'])).toEqual([
      'teacher away',
      'leader',
    ]);
  });
  test('is never a stand-in who has no right to it, nor one who is away (S-09, ADR-10)', () => {
    const others = ['teacher away', 'assistant for teacher'];
    expect(reached([away('teacher', 'neighbour')])).toEqual(others);
    expect(reached([away('teacher', 'stranger')])).toEqual(others);
    expect(reached([away('teacher', 'office'), away('office')])).toEqual(others);
    const named = ['teacher', 'leader'].map((personId) => ({
      personId,
      from: '2026-01-01',
      to: '2027-01-01',
    }));
    expect(reached([away('teacher', 'office')], { places: [{ ...place, namedStaff: named }] })).toEqual([
      ...['teacher away', 'leader for teacher'],
    ]);
  });
  test('is somebody else who is here, so that no absence loses mail', () => {
    expect(reached([away('teacher'), away('assistant')])).toEqual(['teacher away', 'leader for teacher']);
    expect(reached([away('teacher'), away('assistant'), away('leader')])).toEqual([
      ...['teacher away', 'office for teacher'],
    ]);
    expect(reached(['teacher', 'assistant', 'leader', 'office'].map((one) => away(one)))).toEqual([
      'teacher away',
    ]);
  });
  test('is, of an answer, whoever the thread was written to and still reads it', () => {
    const thread = { childIds: ['child'], addressedStaffIds: ['gone', 'assistant'], toMailbox: false };
    expect(staffAnswered(thread, audience(), today)).toEqual(['assistant']);
    expect(staffAnswered({ ...thread, addressedStaffIds: ['gone'] }, audience(), today)).toEqual(['teacher']);
    expect(staffAnswered({ ...thread, toMailbox: true }, audience(), today)).toEqual([
      'assistant',
      'teacher',
    ]);
  });
});

test.each<[string, Partial<OutOfOffice>]>([
  ['away-days-wrong', { to: '2026-11-20' }],
  ['away-days-wrong', { to: today }],
  ['away-days-wrong', { to: '2027-12-01' }],
  ['away-overlaps', { from: '2026-12-05', to: '2026-12-31' }],
  ['stand-in-unknown', { personId: 'gone' }],
  ['stand-in-unknown', { standInId: 'gone' }],
  ['stand-in-unknown', { standInId: 'teacher' }],
  ['stand-in-unknown', { reply: 'STAND_IN_ANSWERS', standInId: null }],
  ['set', { reply: 'STAND_IN_ANSWERS' }],
  ['set', { from: '2026-12-10', to: '2026-12-31' }],
])('being away is %s with %j', (outcome, more) => {
  const known = {
    ...{ today, staffIds: ['teacher', 'office'] },
    standing: [away('teacher', null, { from: '2026-12-01', to: '2026-12-10' })],
  };
  const decision = decideAway({ ...away('teacher', 'office'), ...more }, known);
  expect(decision.ok ? 'set' : decision.refusal.kind).toBe(outcome);
});
