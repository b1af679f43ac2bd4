import { expect, test } from 'vitest';
import { guardianOfOurs, leaveFacts, inRole, ours, worker } from '../../test/leave-facts.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';

test('granting is for the leader and the contact teacher of the group, never for their own child (LEA-03, GUA-24, F11)', () => {
  const may = (facts: ReturnType<typeof leaveFacts>) => () => mayDecideLeave(worker, facts, ours);
  for (const role of ['ADMINISTRATOR', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'KINDERGARTEN'])
    expect(may(leaveFacts(inRole(role, null)))).toThrow('Not found.');
  expect(may(leaveFacts(inRole('CONTACT_TEACHER', null)))).toThrow('Not found.');
  expect(may(leaveFacts(inRole('CONTACT_TEACHER', '2B')))).toThrow('Not found.');
  expect(may(leaveFacts({ ...inRole('LEADER', null), unitId: 'elsewhere' }))).toThrow('Not found.');
  expect(may(leaveFacts({ ...inRole('LEADER', null), to: '2026-09-01' }))).toThrow('Not found.');
  expect(may({ ...leaveFacts(inRole('LEADER', null)), ownChildIds: ['ours'] })).toThrow('Not found.');
  expect(() =>
    mayDecideLeave(guardianOfOurs, { ...leaveFacts(inRole('LEADER', null)), guardianOf: ['ours'] }, ours),
  ).toThrow('Not found.');
  expect(mayDecideLeave(worker, leaveFacts(inRole('LEADER', null)), ours)).toMatchObject({ as: 'LEADER' });
  expect(mayDecideLeave(worker, leaveFacts(inRole('CONTACT_TEACHER', '2A')), ours)).toMatchObject({
    as: 'CONTACT_TEACHER',
  });
});

test('of a protected child it is for who is named, whatever their role (ADR-10)', () => {
  const hidden = (facts: ReturnType<typeof leaveFacts>) => ({
    ...facts,
    enrolments: facts.enrolments.map((place) => ({ ...place, isProtected: true })),
  });
  const facts = hidden(leaveFacts(inRole('LEADER', null)));
  expect(() => mayDecideLeave(worker, facts, ours)).toThrow('Not found.');
  const named = { ...facts, namedFor: [{ childId: 'ours', from: '2026-08-01', to: '2027-08-01' }] };
  expect(mayDecideLeave(worker, named, ours)).toMatchObject({ as: 'LEADER' });
});
