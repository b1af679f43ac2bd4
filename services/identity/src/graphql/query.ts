import { featureActs } from './feature-act.ts';
import { features } from './feature-state.ts';
import { AppError } from '@ranselpost/kit/pure/errors';
import { childAccess } from './access-to-child.ts';
import { readingAlarms } from './reading-alarm.ts';
import type { QueryResolvers } from './generated/types.ts';
import { caseQueries } from './case.ts';
import { informationQueries } from './information-requests.ts';
import { unitDirectory } from './listed-unit.ts';
import { retentionHolds } from './retention-hold.ts';
import { retentionReport } from './retention-report.ts';
import { roleQueries } from './role.ts';
import { registerQuarantines } from './register-quarantine.ts';
import { unitFindings } from './unit-finding.ts';

export const query: Required<QueryResolvers> = {
  viewer: (_parent, _arguments, { viewer }) => viewer(),
  child: async (_parent, { id }, { children }) => (await children.load(id)) ?? notFound(),
  childAccess,
  readingAlarms,
  unit: async (_parent, { id }, { units }) => (await units.load(id)) ?? notFound(),
  unitDirectory,
  unitFindings,
  registerQuarantines,
  ...informationQueries,
  features,
  featureActs,
  ...caseQueries,
  ...roleQueries,
  retentionHolds,
  retentionReport,
};

/** Hidden, missing and malformed are one answer (S-06). */
function notFound(): never {
  throw new AppError('NOT_FOUND');
}
