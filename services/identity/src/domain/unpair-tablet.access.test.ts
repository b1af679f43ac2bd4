import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { atTablet, guardian, staff } from '@ranselpost/kit/testing/actors';
import { expect, test } from 'vitest';
import { capacitiesAtUnit } from './policy.ts';

const leader = staff();
const holding = (role: string, given: Partial<AccessFacts['roles'][number]> = {}): AccessFacts => ({
  ...{ today: '2026-11-23', guardianOf: [], enrolments: [], namedFor: [] },
  roles: [{ role, unitId: 'school', groupId: null, from: '2020-08-01', to: null, ...given }],
});

test.each<[string, Actor, AccessFacts]>([
  ['the leader as a guardian', guardian(leader.personId), holding('LEADER')],
  ['the leader at a tablet of the unit', atTablet(leader, 'school'), holding('LEADER')],
  ['the leader of another unit', leader, holding('LEADER', { unitId: 'other' })],
  ['the leader of one group', leader, holding('LEADER', { groupId: '3A' })],
  ['a leader of former days', leader, holding('LEADER', { to: '2026-11-23' })],
  ['the office', leader, holding('ADMINISTRATOR')],
])('no tablet is for %s to make or to take away (T16)', (_who, actor, facts) => {
  expect(capacitiesAtUnit(actor, facts, 'school')).toEqual([]);
});
test('a tablet is for its unit’s leader to make and to take away', () => {
  expect(capacitiesAtUnit(leader, holding('LEADER'), 'school')).toEqual(['LEADER_OF_UNIT']);
});
