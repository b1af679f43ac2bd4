import type { GuardianAccessResolvers, GuardianGround } from './generated/types.ts';
import type { GuardianAccessModel } from './types.ts';

const grounds: Readonly<Record<GuardianAccessModel['ground'], GuardianGround>> = {
  PARENTAL_RESPONSIBILITY: 'PARENTAL_RESPONSIBILITY',
  MANUAL: 'DOCUMENTED_DECISION',
};

export const guardianAccess: Pick<GuardianAccessResolvers, 'ground' | 'since' | 'record'> = {
  ground: ({ ground }) => grounds[ground],
  since: ({ since }) => new Date(since).toISOString(),
  record: ({ record }) =>
    record === null ? null : { ...record, fetchedAt: new Date(record.fetchedAt).toISOString() },
};
