import { guardian, staff } from '@ranselpost/kit/testing/actors';
import type { LeaveFacts } from '../src/domain/leave-policy.ts';

/** Two children in group 2A of a school; the second is protected, and nobody is named for it. */
export const ours = { childId: 'ours', unitId: 'school' };
export const theirs = { childId: 'theirs', unitId: 'school' };
export const guardianOfOurs = guardian('mother');
export const worker = staff('worker');

type Role = LeaveFacts['roles'][number];
export const inRole = (role: string, groupId: string | null): Role => ({
  ...{ role, groupId, unitId: 'school', from: '2020-08-01', to: null },
});

export const leaveFacts = (...roles: readonly Role[]): LeaveFacts => ({
  ...{ today: '2026-09-01', guardianOf: [], ownChildIds: [], namedFor: [], roles },
  enrolments: [ours, theirs].map((place) => ({
    ...{ ...place, groupIds: ['2A'], from: '2020-08-01', to: null },
    isProtected: place.childId === 'theirs',
  })),
});
