import { describe, expect, test } from 'vitest';
import {
  inRole,
  integrator,
  mother,
  parental,
  protectedFrom,
  strange,
  teacher,
} from '../../test/meeting-facts.ts';
import { mayChangeMeeting } from '../domain/meeting-policy.ts';
import type { MeetingBooking } from '../domain/meeting.ts';

const booking: MeetingBooking = {
  ...{ id: 'booking', timeId: 'time', offerId: 'offer', unitId: 'school', childId: 'child', party: 'child' },
  ...{ bookedBy: 'father', bookedAt: new Date(0), isCancelled: false, reminderId: null },
};
const own = { ...booking, bookedBy: 'mother', party: 'mother' };

describe('giving a talk up', () => {
  test.each([
    ['a stranger', mother, strange, booking],
    ['whoever booked it and is no guardian any more (GUA-10)', mother, strange, own],
    ['the contact teacher', teacher, inRole('CONTACT_TEACHER'), booking],
    ['a machine', integrator, parental, booking],
    [
      'a guardian whose it is not, where they have one each (ASM-08)',
      mother,
      parental,
      { ...booking, party: 'father' },
    ],
    ['the other guardian of a protected child (ADR-11)', mother, protectedFrom(parental), booking],
  ])('is not for %s', (_who, actor, facts, given) => {
    expect(() => mayChangeMeeting(actor, facts, given)).toThrow('Not found.');
  });

  test.each([
    ['either guardian, where it is the child’s (GUA-03)', parental, booking],
    ['whoever booked it', parental, own],
    ['whoever booked it for a protected child', protectedFrom(parental), { ...own, party: 'child' }],
  ])('is for %s', (_who, facts, given) => {
    expect(() => mayChangeMeeting(mother, facts, given)).not.toThrow();
  });
});
