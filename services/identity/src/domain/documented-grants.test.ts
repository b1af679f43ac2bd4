import { describe, expect, test } from 'vitest';
import { today, documented, nothingElse, says, readAdult, decide, after, steps } from '../testing/grants.ts';
import { openProblems } from './work-items.ts';

describe('a grant by document', () => {
  test('ends on its day, or at eighteen where that is sooner (GUA-05, GUA-14, GUA-16)', () => {
    const known = documented('verge', { basis: 'APPOINTED_GUARDIAN', decidedUntil: '2026-11-22' });
    expect(after(known, decide([known], says({}))).endsOn).toBe('2026-11-22');
    expect(after(known, decide([known], says({}, { endsOn: '2026-11-22' }))).endsOn).toBe('2026-11-22');
    expect(steps([known], says({}), undefined, { today: '2026-11-22' })).toEqual([
      'verge: ACTIVE → ENDED (RAN_OUT)',
    ]);
  });

  test('waits until the register has been asked who its holder is: whether they live, and are protected (S-02)', () => {
    const adults = new Map([['foster', readAdult('foster', { isRead: false })]]);
    const known = documented('foster', { state: 'PENDING', holds: [] });
    expect(after(known, decide([known], says({}), undefined, { adults }))).toMatchObject({
      state: 'PENDING',
      holds: ['AWAITING_REGISTER'],
    });
    expect(steps([known], says({}), undefined, { opening: 'DOCUMENTED' })).toEqual([
      'foster: PENDING → ACTIVE (DOCUMENTED)',
    ]);
  });

  test('is held when protection comes to concern the child that nobody looked at when it was given (ADR-04)', () => {
    const raised = says({}, { protection: 'FORTROLIG', heldProtection: 'FORTROLIG' });
    expect(steps([documented('foster')], raised)).toEqual([
      'foster: ACTIVE → SUSPENDED (PROTECTION_FORTROLIG)',
    ]);
    const seen = documented('foster', { confirmedFor: ['PROTECTION_FORTROLIG'] });
    expect(decide([seen], raised)).toEqual([]);
  });

  test('is to be looked at two weeks before it runs out, and where the register says otherwise of a responsibility', () => {
    const known = documented('father', { decidedUntil: '2026-12-05' });
    expect(openProblems(says({}), [known], nothingElse, today)).toEqual(['DECISION_RUNS_OUT']);
    expect(openProblems(says({}), [known], nothingElse, '2026-11-20')).toEqual([]);
    const clear = says({ mother: [] });
    expect(openProblems(clear, [documented('father')], nothingElse, today)).toEqual(['REGISTER_DISAGREES']);
    expect(openProblems(clear, [documented('mother')], nothingElse, today)).toEqual([]);
    expect(openProblems(clear, [documented('foster', { basis: 'DAILY_CARER' })], nothingElse, today)).toEqual(
      [],
    );
  });
});
