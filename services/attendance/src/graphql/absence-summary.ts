import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readAbsenceSummary } from '../usecases/read-absence-summary.ts';
import type { Context } from './context.ts';
import type { ChildResolvers } from './generated/types.ts';
import { readSchoolYear } from './leave.ts';

export const summaryOfChild: Required<Pick<ChildResolvers<Context>, 'absenceSummary'>> = {
  absenceSummary: async ({ id: childId }, args, { deps, actor }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const wanted = { childId, schoolYear: readSchoolYear(args.schoolYear) };
    const summary = await readAbsenceSummary(deps, actor, wanted);
    if (summary === null) return null;
    if (summary === 'hidden') throw new AppError('FEATURE_CLOSED');
    return { ...summary, hours: null };
  },
};
