import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Context } from './context.ts';
import type { ChildResolvers } from './generated/types.ts';
import { readSchoolYear } from './leave.ts';

export const summaryOfChild: Required<Pick<ChildResolvers<Context>, 'absenceSummary'>> = {
  absenceSummary: async ({ id: childId }, args, { absenceSummaries }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const summary = await absenceSummaries.load({ childId, schoolYear: readSchoolYear(args.schoolYear) });
    if (summary === 'hidden') throw new AppError('FEATURE_CLOSED');
    return summary;
  },
};
