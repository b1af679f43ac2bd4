import { describe, expect, test } from 'vitest';
import { asReported } from '../testing/absence.ts';
import { type Absence, type Known, type Report, decideAbsence, isSameReport } from './absence.ts';

const report: Report = { childId: 'c1', unitId: 'school', day: '2026-11-23', cause: 'SICK' };
const standing: Absence = { ...asReported, ...report, id: 'a1' };
const open = { state: 'OPEN', opensOn: null, isReadable: true } as const;
const known: Known = {
  today: '2026-11-23',
  enrolments: [{ childId: 'c1', unitId: 'school', from: '2026-08-17', to: '2027-06-20' }],
  features: { feature: 'ABSENCE', atUnits: new Map([['school', open]]) },
  standing: null,
};

describe('deciding an absence', () => {
  test('accepts a day that is today or to come', () => {
    expect(decideAbsence(report, known)).toEqual({ ok: true, value: report });
    expect(decideAbsence({ ...report, day: '2027-01-04' }, known).ok).toBe(true);
  });

  test('refuses a day that is over, and names the first that can be reported (ABS-13)', () => {
    expect(decideAbsence({ ...report, day: '2026-11-22' }, known)).toEqual({
      ok: false,
      refusal: { kind: 'day-past', firstPossibleDay: '2026-11-23' },
    });
  });

  test.each([
    ['suspended until a day that is set', { ...open, state: 'SUSPENDED', opensOn: '2026-12-01' }],
    ['announced', { ...open, state: 'ANNOUNCED', opensOn: '2026-12-01' }],
    ['closed', { ...open, state: 'CLOSED' }],
  ] as const)('refuses where reporting is %s, whatever stands already (X07, D02)', (_how, atSchool) => {
    const features = { feature: 'ABSENCE', atUnits: new Map([['school', atSchool]]) } as const;
    const { state, opensOn } = atSchool;
    expect(decideAbsence(report, { ...known, features, standing })).toEqual({
      ok: false,
      refusal: { kind: 'feature-closed', feature: 'ABSENCE', unitId: 'school', state, opensOn },
    });
  });

  test('refuses where nothing is known of it (D08), but does not say so of a unit that is not the child’s', () => {
    const features = { feature: 'ABSENCE', atUnits: new Map() } as const;
    const kindOf = (wanted: Report) => {
      const decision = decideAbsence(wanted, { ...known, features });
      return decision.ok ? undefined : decision.refusal.kind;
    };
    expect(kindOf(report)).toBe('feature-closed');
    expect(kindOf({ ...report, unitId: 'elsewhere' })).toBe('unit-wrong');
  });

  test('refuses a unit that the child is not enrolled at', () => {
    expect(decideAbsence({ ...report, unitId: 'elsewhere' }, known)).toEqual({
      ok: false,
      refusal: { kind: 'unit-wrong' },
    });
  });

  test('refuses a unit that only another child is enrolled at', () => {
    const enrolments = known.enrolments.map((enrolment) => ({ ...enrolment, childId: 'c2' }));
    expect(decideAbsence(report, { ...known, enrolments }).ok).toBe(false);
  });

  test('refuses the day an enrolment ends, and accepts the last one before it', () => {
    expect(decideAbsence({ ...report, day: '2027-06-20' }, known)).toMatchObject({ ok: false });
    expect(decideAbsence({ ...report, day: '2027-06-19' }, known)).toMatchObject({ ok: true });
  });

  test('refuses a day that is already reported, and shows the first report (ABS-14, S-22)', () => {
    expect(decideAbsence({ ...report, cause: 'OTHER' }, { ...known, standing })).toEqual({
      ok: false,
      refusal: { kind: 'already-reported', absence: standing },
    });
  });

  test('tells the same report from one that differs in anything', () => {
    expect(isSameReport(standing, report)).toBe(true);
    for (const other of [
      { childId: 'c2' },
      { unitId: 'u2' },
      { day: '2026-11-24' },
      { cause: 'OTHER' as const },
    ])
      expect(isSameReport(standing, { ...report, ...other })).toBe(false);
  });
});
