import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayTendThread } from '../domain/policy.ts';

// As releasing one: release-thread.access.test.ts tries the others.
test('saying that no answer is needed is not for who waits for it', () => {
  const thread = { unitId: 'school', childIds: ['child'] };
  const facts = { ...parental, kindergartens: [], ownChildIds: [] };
  expect(mayTendThread(mother, facts, thread)).toBe(false);
  expect(mayTendThread(teacher, { ...facts, ...inRole('ASSISTANT') }, thread)).toBe(true);
});
