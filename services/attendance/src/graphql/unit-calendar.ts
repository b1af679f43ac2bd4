import { addDays } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { CalendarRefusal } from '../domain/calendar.ts';
import { openDays as daysOf, setUnitCalendar as set } from '../usecases/set-unit-calendar.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers, RefusalCode, UnitResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const codes: Readonly<Record<CalendarRefusal['kind'], RefusalCode>> = {
  'calendar-days-wrong': 'CALENDAR_DAYS_WRONG',
  'calendar-times-wrong': 'CALENDAR_TIMES_WRONG',
  'calendar-too-long': 'CALENDAR_TOO_LONG',
};

export const setUnitCalendar: NonNullable<MutationResolvers<Context>['setUnitCalendar']> = async (
  _parent,
  { input: { unitId, daysAhead, askMinutesBefore = null, isOpenEveryDay = false, ...terms } },
  { deps, actor },
) => {
  if (!isId(unitId)) throw new AppError('NOT_FOUND');
  const isIn = (value: number, most: number): boolean => value >= 0 && value <= most;
  if (!isIn(daysAhead, 366) || !isIn(askMinutesBefore ?? 0, 1440))
    throw new AppError('BAD_USER_INPUT', 'a number of days or minutes that is out of bounds');
  const result = await set(deps, actor, {
    ...{ ...terms, unitId, daysAhead, askMinutesBefore, isOpenEveryDay },
  });
  if (result.ok) return { __typename: 'UnitCalendarSet', calendar: result.value };
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : { __typename: 'UnitCalendarRefused', ...said(codes[result.refusal.kind]) };
};

export const calendarOfUnit: Required<Pick<UnitResolvers<Context>, 'calendar' | 'openDays'>> = {
  calendar: async ({ id }, _arguments, { calendars }) => (isId(id) ? await calendars.load(id) : null),
  openDays: async ({ id }, { from, to }, { calendars }) => {
    if (to < from || to > addDays(from, 366))
      throw new AppError('BAD_USER_INPUT', 'a period of a year at most');
    const calendar = isId(id) ? await calendars.load(id) : null;
    return calendar === null ? null : [...daysOf(calendar, from, to)];
  },
};
