import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readAbsenceStatistics } from '../usecases/read-absence-statistics.ts';
import type { Context } from './context.ts';
import type { UnitResolvers } from './generated/types.ts';

export const statisticsOfUnit: Required<Pick<UnitResolvers<Context>, 'absenceStatistics'>> = {
  absenceStatistics: async ({ id: unitId }, { month }, { deps, actor }) => {
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const told = await readAbsenceStatistics(deps, actor, { unitId, month: month ?? null });
    if (told === 'hidden') throw new AppError('FEATURE_CLOSED');
    const byClass = told.byClass.map(({ classId, ...numbers }) => ({
      ...{ ...numbers, group: classId === null ? null : { id: classId } },
    }));
    return { ...told, byClass };
  },
};
