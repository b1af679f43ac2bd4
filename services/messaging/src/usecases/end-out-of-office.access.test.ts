import { expect, test } from 'vitest';
import { inRole, integrator, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { maySetAway } from '../domain/out-of-office.ts';

// As setting it: set-out-of-office.access.test.ts tries it with what there is.
test('saying that somebody is back is for them and their leader (M24, S-06, GUA-24)', () => {
  const [own, others] = ['teacher', 'other'].map((personId) => ({ unitId: 'school', personId }));
  const notFound = 'Not found.';
  expect(() => maySetAway(mother, parental, { unitId: 'school', personId: 'mother' })).toThrow(notFound);
  expect(() => maySetAway(integrator, inRole('LEADER', null), own!)).toThrow(notFound);
  expect(() => maySetAway(teacher, inRole('TEACHER'), others!)).toThrow(notFound);
  expect(() => maySetAway(teacher, inRole('LEADER', '1a'), others!)).toThrow(notFound);
  expect(() => maySetAway(teacher, inRole('LEADER', null, 'elsewhere'), own!)).toThrow(notFound);
  expect(() => maySetAway(teacher, inRole('TEACHER'), own!)).not.toThrow();
  expect(() => maySetAway(teacher, inRole('LEADER', null), others!)).not.toThrow();
});
