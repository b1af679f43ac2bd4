import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { machine } from '../../test/families.ts';
import { maySetForAllSchools } from '../domain/counting-policy.ts';

test('saying for all schools from which absence on they look at a pupil is for administrators of the municipality (ABS-18)', () => {
  const role = 'MUNICIPAL_ADMINISTRATOR';
  for (const roles of [[], ['LEADER'], ['PRIVACY_OFFICER']])
    expect(() => maySetForAllSchools(staff(), roles)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  for (const who of [guardian(), machine]) expect(() => maySetForAllSchools(who, [role])).toThrow();
  expect(() => maySetForAllSchools(staff(), [role])).not.toThrow();
});
