import { describe, expect, test } from 'vitest';
import { type Statutes, type StatutesTerms, decideStatutes } from './statutes.ts';

const terms: StatutesTerms = {
  ...{ unitId: 'solhaug', from: '2026-08-01', noticeMonths: 1, answerDays: 10, silenceDeclines: true },
  ...{ keepWaiting: true, showRank: false, convertible: false, maxSeats: {} },
  priority: { mode: 'firstMatch', groups: ['law18', 'sibling'], then: ['age:oldest'] },
};
const today = '2027-01-20';
const first: Statutes = { ...terms, id: 's1', version: 1, adoptedAt: new Date('2026-05-01T10:00:00Z') };
const known = { kind: 'KINDERGARTEN' as const, last: undefined, today };

describe('adopting statutes (BHG-10)', () => {
  test('begins with version 1, which may have been in force for long', () => {
    expect(decideStatutes(terms, known)).toEqual({ ok: true, value: { ...terms, version: 1 } });
    expect(decideStatutes(terms, { ...known, kind: 'AFTER_SCHOOL' }).ok).toBe(true);
  });

  test('goes on with the next one, from today on', () => {
    expect(decideStatutes({ ...terms, from: today }, { ...known, last: first })).toMatchObject({
      value: { version: 2 },
    });
    expect(decideStatutes({ ...terms, from: '2027-01-19' }, { ...known, last: first })).toEqual({
      ok: false,
      refusal: { kind: 'day-wrong', earliest: today },
    });
  });

  test('does not begin before the version that it replaces', () => {
    const last = { ...first, version: 2, from: '2027-08-01' };
    expect(decideStatutes({ ...terms, from: '2027-07-31' }, { ...known, last })).toMatchObject({
      refusal: { earliest: '2027-08-01' },
    });
    expect(decideStatutes({ ...terms, from: '2027-08-01' }, { ...known, last })).toMatchObject({
      value: { version: 3 },
    });
  });

  test('is refused for a school, to which nobody is admitted', () => {
    expect(decideStatutes(terms, { ...known, kind: 'SCHOOL' })).toMatchObject({
      refusal: { kind: 'unit-wrong' },
    });
  });

  test('is refused where law18 is not the first group (BHG-08), as the engine would refuse it', () => {
    const priority = { ...terms.priority, groups: ['sibling', 'law18'] } as StatutesTerms['priority'];
    expect(decideStatutes({ ...terms, priority }, known)).toMatchObject({
      refusal: {
        kind: 'rule-wrong',
        problems: [{ code: 'E_NO_LAW18_FIRST', path: 'priority.groups' }],
      },
    });
    const points: StatutesTerms['priority'] = {
      mode: 'points',
      points: { sibling: 1e16 },
      then: ['applied'],
    };
    expect(decideStatutes({ ...terms, priority: points }, known)).toMatchObject({
      refusal: { kind: 'rule-wrong', problems: [{ code: 'E_FORMAT', path: 'priority.points' }] },
    });
    const fewer: StatutesTerms['priority'] = { ...points, points: { sibling: 2.5, staff: 1 } };
    expect(decideStatutes({ ...terms, priority: fewer }, known).ok).toBe(true);
  });
});
