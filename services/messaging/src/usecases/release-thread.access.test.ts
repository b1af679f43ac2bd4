import { expect, test } from 'vitest';
import {
  integrator,
  inRole,
  left,
  mother,
  parental,
  protectedFrom,
  teacher,
} from '../../test/meeting-facts.ts';
import { mayTendThread } from '../domain/policy.ts';

// As taking one: take-thread.access.test.ts tries it with what there is.
test('seeing to a thread is for staff alone who read of each child in it (M27, S-06, ADR-10)', () => {
  const thread = { unitId: 'school', childIds: ['child'] };
  const may = (actor: typeof teacher, facts: typeof parental, of = thread, kindergartens: string[] = []) =>
    mayTendThread(actor, { ...facts, kindergartens, ownChildIds: [] }, of);
  const role = inRole('TEACHER');
  for (const [actor, facts] of [
    [mother, parental],
    [integrator, role],
    [teacher, parental],
    [teacher, inRole('TEACHER', '1b')],
    [teacher, inRole('TEACHER', null, 'other')],
    [teacher, inRole('TEACHER', '1a', 'school', { to: '2026-11-23' })],
    [teacher, left(role)],
    [teacher, protectedFrom(role)],
  ] as const)
    expect(may(actor, facts)).toBe(false);
  expect(may(teacher, role, { ...thread, childIds: ['child', 'another'] })).toBe(false);
  expect([may(teacher, role), may(teacher, inRole('TEACHER', '1b'), thread, ['school'])]).toEqual([
    true,
    true,
  ]);
});
