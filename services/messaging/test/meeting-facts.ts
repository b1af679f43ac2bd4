import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';

/** For tests of the policy alone: a mother, a teacher, and a child in group 1a of a school. */
export const mother: Actor = { kind: 'guardian', personId: 'mother', level: 'substantial' };
export const teacher: Actor = { kind: 'staff', personId: 'teacher', level: 'substantial' };
export const integrator: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };

const days = { from: '2026-08-01', to: null };
const place = { childId: 'child', unitId: 'school', groupIds: ['1a'], ...days, isProtected: false };
export const strange: AccessFacts = {
  ...{ today: '2026-11-23', guardianOf: [], roles: [], enrolments: [place], namedFor: [] },
};
export const parental: AccessFacts = { ...strange, guardianOf: ['child'] };
export const inRole = (
  role: string,
  groupId: string | null = '1a',
  unitId = 'school',
  more = {},
): AccessFacts => ({
  ...strange,
  roles: [{ role, unitId, groupId, ...days, ...more }],
});
export const protectedFrom = (facts: AccessFacts): AccessFacts => ({
  ...facts,
  enrolments: [{ ...place, isProtected: true }],
});
export const left = (facts: AccessFacts): AccessFacts => ({
  ...facts,
  enrolments: [{ ...place, to: '2026-11-23' }],
});
