import { atTablet } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, worker } from '../../test/leave-facts.ts';
import { mayMark } from './register-policy.ts';

test('a trip is planned and called off by whoever is with the child, signed in themselves, and by nobody else (T27)', () => {
  const may = (who: Parameters<typeof mayMark>[0], role: string, groupId: string | null, child = 'ours') =>
    mayMark(who, leaveFacts(inRole(role, groupId)), 'school', child);
  expect(may(guardianOfOurs, 'LEADER', null)).toBe(false);
  expect(may(atTablet(worker, 'school'), 'LEADER', null)).toBe(false);
  expect(may(worker, 'ADMINISTRATOR', null)).toBe(false);
  expect(may(worker, 'ASSISTANT', '2B')).toBe(false);
  // Protected, and not named (ADR-10).
  expect(may(worker, 'ASSISTANT', '2A', 'theirs')).toBe(false);
  expect(may(worker, 'ASSISTANT', '2A')).toBe(true);
});
