import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayBroadcast } from '../domain/broadcast-policy.ts';

// Who publishes is who publishes news: publish-news.access.test.ts and unit-documents.db.test.ts try the others.
test('publishing a document is not for guardians and assistants, and is for the teacher of the group', () => {
  const group = [{ unitId: 'school', groupId: '1a' }];
  expect(() => mayBroadcast(mother, parental, group)).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('ASSISTANT'), group)).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('CONTACT_TEACHER'), group)).not.toThrow();
});
