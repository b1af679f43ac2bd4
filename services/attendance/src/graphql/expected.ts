import { AppError } from '@ranselpost/kit/pure/errors';
import { addDays } from '@ranselpost/kit/pure/dates';
import { isId } from '@ranselpost/kit/pure/ids';
import { readExpectedAttendance } from '../usecases/read-expected-attendance.ts';
import type { Context } from './context.ts';
import type { UnitResolvers } from './generated/types.ts';

const daysMax = 31;

export const expectedOfUnit: Required<Pick<UnitResolvers<Context>, 'expectedAttendance'>> = {
  expectedAttendance: async ({ id }, { from, to }, { deps, actor }) => {
    if (to < from || addDays(from, daysMax) <= to)
      throw new AppError('BAD_USER_INPUT', `at most ${daysMax} days, the first before the last`);
    const found = isId(id) ? await readExpectedAttendance(deps, actor, { unitId: id, from, to }) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(({ all, groups, ...day }) => ({
      ...{ ...day, all },
      groups: groups.map(({ groupId, ...counts }) => ({ groupId, counts })),
    }));
  },
};
