import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Context } from './context.ts';
import type { ChildResolvers } from './generated/types.ts';
import { readSchoolYear } from './leave.ts';

export const subjectsOfChild: Required<Pick<ChildResolvers<Context>, 'subjectAbsence'>> = {
  subjectAbsence: async ({ id: childId }, args, { subjectAbsences }) => {
    if (!isId(childId)) throw new AppError('NOT_FOUND');
    const found = await subjectAbsences.load({ childId, schoolYear: readSchoolYear(args.schoolYear) });
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found === null ? null : [...found];
  },
};
