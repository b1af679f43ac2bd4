import { expect, test } from 'vitest';
import { inRole, leaveFacts, ours, theirs, worker } from '../../test/leave-facts.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';

// Whoever decides, but the leader alone goes on: decideReversal.
test('replacing a decision is for who leads the child’s own school today, and of a protected one for who is named (ADM-10, ADR-10)', () => {
  const at = (more: object) => leaveFacts({ ...inRole('LEADER', null), ...more });
  expect(() => mayDecideLeave(worker, at({ unitId: 'elsewhere' }), ours)).toThrow('Not found.');
  expect(() => mayDecideLeave(worker, at({ from: '2026-10-01' }), ours)).toThrow('Not found.');
  expect(() => mayDecideLeave(worker, at({}), theirs)).toThrow('Not found.');
  const named = { ...at({}), namedFor: [{ childId: 'theirs', from: '2026-08-01', to: '2027-08-01' }] };
  expect(mayDecideLeave(worker, named, theirs)).toMatchObject({ as: 'LEADER', personId: 'worker' });
});
