import { expect, test } from 'vitest';
import { inRole, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayRevise } from '../domain/unit-document-policy.ts';

// The rest is tried in unit-documents.db.test.ts.
test('revising a document is not for guardians, assistants and teachers of other groups, and is for whoever may speak at all of its places', () => {
  const ofGroup = { unitId: 'school', places: [{ unitId: 'school', groupId: '1a' }] };
  const ofUnit = { unitId: 'school', places: [{ unitId: 'school', groupId: null }] };
  expect(() => mayRevise(mother, parental, ofGroup)).toThrow('Not found.');
  expect(() => mayRevise(teacher, inRole('ASSISTANT'), ofGroup)).toThrow('Not found.');
  expect(() => mayRevise(teacher, inRole('TEACHER', '1b'), ofGroup)).toThrow('Not found.');
  expect(() => mayRevise(teacher, inRole('TEACHER'), ofUnit)).toThrow('Not found.');
  expect(() => mayRevise(teacher, inRole('LEADER', null), undefined)).toThrow('Not found.');
  expect(() => mayRevise(teacher, inRole('TEACHER'), ofGroup)).not.toThrow();
  expect(() => mayRevise(teacher, inRole('LEADER', null), ofUnit)).not.toThrow();
});
