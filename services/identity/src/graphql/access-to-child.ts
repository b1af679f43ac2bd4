import { readPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { readPlace, toLogPage } from './access-log-entry.ts';
import type { AccessToChildResolvers, QueryResolvers } from './generated/types.ts';

export const accessToChild: Pick<AccessToChildResolvers, 'explained' | 'log'> = {
  explained: (access) => access,
  log: async ({ childId }, page, { accessLogs }) => {
    const { first, after } = readPage(page);
    const readings = await accessLogs.load({ childId, first, after: readPlace(after) });
    return readings === null ? null : toLogPage(readings, first, after);
  },
};

export const childAccess: NonNullable<QueryResolvers['childAccess']> = async (
  _parent,
  { childId },
  { explanations },
) => {
  const found = await explanations.load(childId);
  // Hidden, missing and malformed are one answer (S-06).
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
};
