import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayChangeNews } from '../domain/news-policy.ts';

test('changing news is not for guardians, colleagues and who may not speak there any more, and is for its author and the leader', () => {
  const post = { unitId: 'school', authorId: 'teacher', places: [{ unitId: 'school', groupId: '1a' }] };
  const may = (actor: Actor, facts: AccessFacts, of = post): void => {
    mayChangeNews(actor, facts, of);
  };
  expect(() => may(mother, parental)).toThrow('Not found.');
  expect(() => may({ ...teacher, kind: 'guardian' } as Actor, parental)).toThrow('Not found.');
  expect(() => may(teacher, inRole('CONTACT_TEACHER'), { ...post, authorId: 'other' })).toThrow('Not found.');
  expect(() => may(teacher, inRole('ASSISTANT'))).toThrow('Not found.');
  expect(() => may(teacher, inRole('CONTACT_TEACHER', '1b'))).toThrow('Not found.');
  expect(() => may(teacher, inRole('ADMINISTRATOR', null), { ...post, authorId: 'other' })).toThrow(
    'Not found.',
  );
  expect(() => mayChangeNews(teacher, inRole('LEADER', null), undefined)).toThrow('Not found.');
  expect(() => may(teacher, inRole('CONTACT_TEACHER'))).not.toThrow();
  expect(() => may(teacher, inRole('LEADER', null), { ...post, authorId: 'other' })).not.toThrow();
});
