import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayBroadcast } from '../domain/broadcast-policy.ts';

// Who publishes is who sends texts to many: send-broadcast.access.test.ts and news.db.test.ts try the others.
test('publishing news is not for guardians, assistants and teachers of other groups, and is for the teacher of the group', () => {
  const [group, unit] = [
    { unitId: 'school', groupId: '1a' },
    { unitId: 'school', groupId: null },
  ];
  expect(() => mayBroadcast(mother, parental, [group])).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('ASSISTANT'), [group])).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('TEACHER'), [{ ...group, groupId: '1b' }])).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('TEACHER'), [group, unit])).toThrow('Not found.');
  expect(() => mayBroadcast(teacher, inRole('TEACHER'), [group])).not.toThrow();
  expect(() => mayBroadcast(teacher, inRole('LEADER', null), [group, unit])).not.toThrow();
});
