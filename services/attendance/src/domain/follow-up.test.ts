import { expect, test } from 'vitest';
import { type FollowUp, decideClosing, decideDone, decideStep, dueSteps } from './follow-up.ts';

const today = '2026-10-30';
const step = (id: string, dueOn: string, doneOn: string | null = null) => ({
  ...{ id, dueOn, doneOn, kind: 'CALL_HOME' as const, responsible: 'LEADER' as const },
});
const aCase = (more: Partial<FollowUp> = {}): FollowUp => ({
  ...{
    id: 'case',
    childId: 'ours',
    unitId: 'school',
    kind: 'WORRYING',
    openedAt: new Date('2026-10-29T08:00:00Z'),
  },
  ...{ outcome: null, closedAt: null, steps: [step('a', '2026-10-29'), step('b', '2026-11-02')] },
  ...more,
});
const closed = aCase({ outcome: 'PRESENT_AGAIN', closedAt: new Date() });
const kindOf = (result: { ok: boolean; value?: unknown; refusal?: { kind: string } }) =>
  result.refusal?.kind ?? result.value;

test('steps are due on their day and after it, until they are done or the case is closed (T15, ABS-21)', () => {
  expect(dueSteps(aCase(), today).map(({ id }) => id)).toEqual(['a']);
  expect(dueSteps(aCase(), '2026-11-02')).toHaveLength(2);
  expect(dueSteps(aCase({ steps: [step('a', '2026-10-29', today)] }), today)).toEqual([]);
  expect(dueSteps(closed, today)).toEqual([]);
});

test('a step is for a day to come, and done on one that is not', () => {
  const added = (of: FollowUp, dueOn: string, id = 'new') => kindOf(decideStep(of, step(id, dueOn), today));
  expect(added(aCase(), today)).toBe('added');
  expect(added(aCase(), '2026-10-29')).toBe('step-day-wrong');
  expect(added(aCase(), '2028-01-01')).toBe('step-day-wrong');
  expect(added(closed, today)).toBe('follow-up-closed');
  // The same once more, also when it could not be added any more; and another under the same id.
  expect(added(closed, '2026-10-29', 'a')).toBe('known');
  expect(() => added(aCase(), today, 'a')).toThrow('another step');
  const full = Array.from({ length: 50 }, (_, nth) => step(`${nth}`, today));
  expect(() => added(aCase({ steps: full }), today)).toThrow('at most 50');
  const done = (of: FollowUp, doneOn: string) => kindOf(decideDone(of, { stepId: 'a', doneOn }, today));
  expect(done(aCase(), today)).toBe('done');
  expect(done(aCase(), '2026-10-31')).toBe('step-day-wrong');
  expect(done(aCase(), '2026-09-28')).toBe('done');
  expect(done(aCase(), '2026-09-27')).toBe('step-day-wrong');
  expect(done(aCase({ steps: [step('a', today, today)] }), today)).toBe('known');
  expect(done(closed, today)).toBe('follow-up-closed');
});

test('a pupil is not present again while there are steps to be done, which nobody does any more for another reason (ABS-21)', () => {
  expect(kindOf(decideClosing(aCase(), 'PRESENT_AGAIN'))).toBe('steps-open');
  for (const outcome of ['NOT_NEEDED', 'MOVED', 'HANDED_OVER'] as const)
    expect(kindOf(decideClosing(aCase(), outcome))).toBe('closed');
  expect(kindOf(decideClosing(aCase({ steps: [] }), 'PRESENT_AGAIN'))).toBe('closed');
  expect(kindOf(decideClosing(closed, 'PRESENT_AGAIN'))).toBe('known');
  expect(kindOf(decideClosing(closed, 'MOVED'))).toBe('follow-up-closed');
});
