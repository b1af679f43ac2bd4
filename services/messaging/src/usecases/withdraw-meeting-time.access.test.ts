import { describe, expect, test } from 'vitest';
import { inRole, integrator, mother, parental, teacher } from '../../test/meeting-facts.ts';
import { mayWithdrawMeeting } from '../domain/meeting-policy.ts';

const own = { heldBy: 'teacher', unitId: 'school' };
const others = { ...own, heldBy: 'other' };

describe('taking a time back', () => {
  test.each([
    ['a guardian', mother, parental, own],
    ['a colleague', teacher, inRole('CONTACT_TEACHER'), others],
    ['the office', teacher, inRole('ADMINISTRATOR', null), others],
    ['whoever offered it and holds no talks there any more', teacher, inRole('ASSISTANT'), own],
    [
      'whoever offered it and works elsewhere now',
      teacher,
      inRole('CONTACT_TEACHER', null, 'elsewhere'),
      own,
    ],
    ['the leader of another unit', teacher, inRole('LEADER', null, 'elsewhere'), others],
    ['a machine', integrator, inRole('LEADER', null), others],
  ])('is not for %s', (_who, actor, facts, time) => {
    expect(() => mayWithdrawMeeting(actor, facts, time)).toThrow('Not found.');
  });

  test('is for whoever offered it, and the unit’s leader', () => {
    expect(() => mayWithdrawMeeting(teacher, inRole('CONTACT_TEACHER'), own)).not.toThrow();
    expect(() => mayWithdrawMeeting(teacher, inRole('LEADER', null), others)).not.toThrow();
  });
});
