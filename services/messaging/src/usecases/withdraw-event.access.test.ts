import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayWithdrawEvent } from '../domain/unit-event-policy.ts';

// As taking a time back: withdraw-meeting-time.access.test.ts tries the others.
test('calling an event off is not for guardians and colleagues, and is for who announced it and the leader', () => {
  const [own, others] = [
    { announcedBy: 'teacher', unitId: 'school' },
    { announcedBy: 'other', unitId: 'school' },
  ];
  expect(() => mayWithdrawEvent(mother, parental, own)).toThrow('Not found.');
  expect(() => mayWithdrawEvent(teacher, inRole('CONTACT_TEACHER'), others)).toThrow('Not found.');
  expect(() => mayWithdrawEvent(teacher, inRole('CONTACT_TEACHER'), own)).not.toThrow();
  expect(() => mayWithdrawEvent(teacher, inRole('LEADER', null), others)).not.toThrow();
});
