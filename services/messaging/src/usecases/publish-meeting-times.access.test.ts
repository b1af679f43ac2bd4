import { describe, expect, test } from 'vitest';
import {
  inRole,
  integrator,
  left,
  mother,
  parental,
  protectedFrom,
  teacher,
} from '../../test/meeting-facts.ts';
import { mayPublishMeetings } from '../domain/meeting-policy.ts';

describe('offering times for talks about a child', () => {
  test.each([
    ['a guardian', mother, parental],
    ['a guardian who is signed in as staff (GUA-24)', teacher, parental],
    ['an assistant', teacher, inRole('ASSISTANT')],
    ['a teacher who is not the contact teacher', teacher, inRole('TEACHER')],
    ['the office', teacher, inRole('ADMINISTRATOR', null)],
    ['the contact teacher of another group', teacher, inRole('CONTACT_TEACHER', '1b')],
    ['the leader of another unit', teacher, inRole('LEADER', null, 'elsewhere')],
    ['a leader whose role has ended', teacher, inRole('LEADER', null, 'school', { to: '2026-11-23' })],
    [
      'a leader who is not named for a protected child (ADR-10)',
      teacher,
      protectedFrom(inRole('LEADER', null)),
    ],
    ['the contact teacher of a child who has left', teacher, left(inRole('CONTACT_TEACHER'))],
    ['a machine', integrator, inRole('LEADER', null)],
  ])('is not for %s', (_who, actor, facts) => {
    expect(() => mayPublishMeetings(actor, facts, 'school', ['child'])).toThrow('Not found.');
  });

  test('is not for anybody about no child, or about one more who is not theirs', () => {
    for (const childIds of [[], ['child', 'other']])
      expect(() => mayPublishMeetings(teacher, inRole('LEADER', null), 'school', childIds)).toThrow(
        'Not found.',
      );
  });

  test.each(['LEADER', 'CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN'])(
    'is for a %s in charge',
    (role) => {
      expect(() => mayPublishMeetings(teacher, inRole(role), 'school', ['child'])).not.toThrow();
    },
  );
});
