import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { StatuteRule, StatutesRefusal, StatutesTerms } from '../domain/statutes.ts';
import { adoptStatutes as adopt } from '../usecases/adopt-statutes.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  AgeGroupSeatsInput,
  MutationResolvers,
  PriorityRuleInput,
  StatutesRefused,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';
import { ageGroups, criteria, modes, toShownStatutes } from './statutes.ts';

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;
const mostFlags = 50;
const longestFlag = 40;

export function toRule({
  mode,
  groups = [],
  points = [],
  criteria: names = [],
}: PriorityRuleInput): StatuteRule {
  const flags = [...groups, ...points.map(({ flag }) => flag)];
  if ((mode === 'POINTS' ? groups : points).length > 0)
    throw new AppError('BAD_USER_INPUT', 'a rule has groups, or points');
  if (new Set(flags).size < flags.length || new Set(names).size < names.length)
    throw new AppError('BAD_USER_INPUT', 'a rule says something twice');
  if (flags.length > mostFlags || flags.some(({ length }) => length > longestFlag))
    throw new AppError('BAD_USER_INPUT', 'a rule has 50 flags of 40 characters at most');
  const then = names.map((one) => criteria[one]);
  return mode === 'POINTS'
    ? {
        mode: 'points',
        points: Object.fromEntries(points.map((one) => [one.flag, one.points])),
        then,
      }
    : { mode: modes[mode], groups: [...groups], then };
}

function toMaxSeats(given: readonly AgeGroupSeatsInput[]): StatutesTerms['maxSeats'] {
  if (new Set(given.map(({ group }) => group)).size < given.length)
    throw new AppError('BAD_USER_INPUT', 'an age group is there twice');
  return Object.fromEntries(given.map(({ group, seats }) => [ageGroups[group], seats]));
}

function toRefused(refusal: StatutesRefusal): StatutesRefused {
  const nothing = { earliest: null, places: [] };
  switch (refusal.kind) {
    case 'unit-wrong':
      return { ...said('STATUTES_UNIT_WRONG'), ...nothing };
    case 'day-wrong':
      return { ...said('STATUTES_DAY_WRONG'), ...nothing, earliest: refusal.earliest };
    case 'rule-wrong': {
      const { problems } = refusal;
      const isShape = problems.some(({ code }) => code !== 'E_NO_LAW18_FIRST');
      const code = isShape ? 'E_FORMAT' : 'E_NO_LAW18_FIRST';
      return { ...said(code), ...nothing, places: problems.map(({ path }) => path) };
    }
  }
}

export const adoptStatutes: NonNullable<MutationResolvers<Context>['adoptStatutes']> = async (
  _parent,
  { input: { priority, maxSeats = [], showRank = false, convertible = false, ...terms } },
  { deps, actor },
) => {
  if (!isId(terms.unitId)) throw new AppError('NOT_FOUND');
  const numbers = isWithin(terms.noticeMonths, 0, 12) && isWithin(terms.answerDays, 1, 60);
  if (!numbers || !maxSeats.every(({ seats }) => isWithin(seats, 0, 10_000)))
    throw new AppError('BAD_USER_INPUT', 'a number of months, days or seats that is out of bounds');
  const wanted = {
    ...{ ...terms, showRank, convertible },
    ...{ priority: toRule(priority), maxSeats: toMaxSeats(maxSeats) },
  };
  const result = await adopt(deps, actor, wanted);
  if (result.ok) return { __typename: 'StatutesAdopted', statutes: toShownStatutes(result.value) };
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : { __typename: 'StatutesRefused', ...toRefused(result.refusal) };
};
