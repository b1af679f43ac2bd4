import { describe, expect, test } from 'vitest';
import {
  inRole,
  integrator,
  left,
  mother,
  parental,
  protectedFrom,
  strange,
  teacher,
} from '../../test/meeting-facts.ts';
import { mayAnswerEvent, maySeeAnswer } from '../domain/unit-event-policy.ts';

const event = { unitId: 'school', childIds: ['child'] };
const answer = {
  ...{ eventId: 'event', unitId: 'school', childId: 'child', party: 'child', answeredBy: 'father' },
  ...{ choice: 1, adults: 0, answeredAt: new Date(0) },
};

describe('answering for a child', () => {
  test.each([
    ['a stranger', mother, strange],
    ['the contact teacher', teacher, inRole('CONTACT_TEACHER')],
    ['a guardian of a child who has left', mother, left(parental)],
    ['a machine', integrator, parental],
  ])('is not for %s', (_who, actor, facts) => {
    expect(() => mayAnswerEvent(actor, facts, event, 'child')).toThrow('Not found.');
  });

  test('is for a guardian of a child whom it is for', () => {
    expect(() => mayAnswerEvent(mother, parental, event, 'child')).not.toThrow();
    expect(() => mayAnswerEvent(mother, parental, { ...event, childIds: ['other'] }, 'child')).toThrow(
      'Not found.',
    );
  });

  test('is seen by both guardians, and of a protected child by whoever did (GUA-03, ADR-11)', () => {
    expect(maySeeAnswer(mother, parental, answer)).toBe(true);
    expect(maySeeAnswer(mother, protectedFrom(parental), answer)).toBe(false);
    expect(maySeeAnswer(teacher, protectedFrom(inRole('LEADER', null)), answer)).toBe(false);
  });
});
