import { describe, expect, test } from 'vitest';
import { inRole, integrator, left, mother, parental, strange, teacher } from '../../test/meeting-facts.ts';
import { mayBookMeeting } from '../domain/meeting-policy.ts';
import type { MeetingOffer } from '../domain/meeting.ts';

const offer: MeetingOffer = {
  ...{ id: 'offer', unitId: 'school', heldBy: 'teacher', childIds: ['child'], kind: 'OTHER', way: 'PHONE' },
  ...{ room: null, isSeparate: false, bookingEndsDaysBefore: 0, cancellingEndsDaysBefore: 0 },
  publishedAt: new Date(0),
};

describe('booking a talk about a child', () => {
  test.each([
    ['a stranger', mother, strange, offer],
    ['the contact teacher', teacher, inRole('CONTACT_TEACHER'), offer],
    ['a guardian who is signed in as staff (GUA-24)', teacher, parental, offer],
    ['a machine', integrator, parental, offer],
    ['a guardian of a child who has left (GUA-10)', mother, left(parental), offer],
    ['a guardian of a child at another unit', mother, parental, { ...offer, unitId: 'elsewhere' }],
    ['a guardian of a child whom it is not offered for', mother, parental, { ...offer, childIds: ['other'] }],
  ])('is not for %s', (_who, actor, facts, offered) => {
    expect(() => mayBookMeeting(actor, facts, offered, 'child')).toThrow('Not found.');
  });

  test('is for a guardian of a child whom it is offered for', () => {
    expect(() => mayBookMeeting(mother, parental, offer, 'child')).not.toThrow();
  });
});
