import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayPublishMeetings } from '../domain/meeting-policy.ts';

// Who announces is who offers talks: publish-meeting-times.access.test.ts tries the others.
test('announcing an event is not for guardians and assistants, and is for the contact teacher', () => {
  for (const [actor, facts] of [
    [mother, parental],
    [teacher, inRole('ASSISTANT')],
  ] as const)
    expect(() => mayPublishMeetings(actor, facts, 'school', ['child'])).toThrow('Not found.');
  expect(() => mayPublishMeetings(teacher, inRole('CONTACT_TEACHER'), 'school', ['child'])).not.toThrow();
});
