import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { HolidayAnswer, HolidaySurvey } from '../domain/holiday-survey.ts';
import { type ChildSurvey, answerHolidaySurvey as answer } from '../usecases/answer-holiday-survey.ts';
import {
  openHolidaySurvey as open,
  withdrawHolidaySurvey as withdraw,
} from '../usecases/open-holiday-survey.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  ChildHolidaySurvey,
  ChildResolvers,
  HolidaySurvey as SurveyShown,
  MutationResolvers,
  UnitHolidaySurveyResolvers,
  UnitResolvers,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

const toSurvey = ({ id, unitId, days, asksHalfDays, groupIds, ...survey }: HolidaySurvey): SurveyShown => ({
  ...{ id, unit: { id: unitId }, days: [...days], asksHalfDays, groupIds: [...groupIds] },
  answerUntil: survey.answerUntil.toISOString(),
});

const toAnswer = ({ day, part }: HolidayAnswer) => ({ day, part });

export const toChildSurvey = ({ survey, answers, trace }: ChildSurvey): ChildHolidaySurvey => ({
  ...{ survey: toSurvey(survey), answers: answers.map(toAnswer) },
  trace: trace.map(({ answeredAt, answeredBy, isByStaff, ...one }) => ({
    ...{ ...toAnswer(one as HolidayAnswer), isByStaff, answeredById: answeredBy },
    answeredAt: answeredAt.toISOString(),
  })),
});

export const surveysOfChild: Required<Pick<ChildResolvers<Context>, 'holidaySurveys'>> = {
  holidaySurveys: async ({ id }, _args, { childSurveys }) =>
    isId(id) ? (await childSurveys.load(id)).map(toChildSurvey) : [],
};

export const surveysOfUnit: Required<Pick<UnitResolvers<Context>, 'holidaySurveys'>> = {
  holidaySurveys: async ({ id }, _args, { unitSurveys }) => {
    const found = isId(id) ? await unitSurveys.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(({ survey, days, unanswered }) => ({
      survey: toSurvey(survey),
      days: days.map(({ day, counts }) => ({
        ...{ day, whole: counts.WHOLE, morning: counts.MORNING, afternoon: counts.AFTERNOON },
        ...{ none: counts.NONE, unanswered: counts.UNANSWERED },
      })),
      // All of them: the field makes a page of it.
      unanswered: toPage(toChildren(unanswered), unanswered.length, null, ({ id: childId }) => childId),
    }));
  },
};

const toChildren = (childIds: readonly string[]) => childIds.map((id) => ({ id }));

export const unitSurvey: Required<Pick<UnitHolidaySurveyResolvers<Context>, 'unanswered'>> = {
  unanswered: async ({ unanswered: { nodes } }, page) => {
    const { first, after } = readPage(page);
    const rest = nodes.filter(({ id }) => after === null || id > after);
    return toPage(rest.slice(0, first + 1), first, after, ({ id }) => id);
  },
};

const codes = {
  'survey-unit-wrong': 'HOLIDAY_SURVEY_UNIT_WRONG',
  'survey-days-wrong': 'HOLIDAY_SURVEY_DAYS_WRONG',
  'survey-deadline-wrong': 'HOLIDAY_SURVEY_DEADLINE_WRONG',
  'survey-closed': 'HOLIDAY_SURVEY_CLOSED',
  'survey-day-wrong': 'HOLIDAY_SURVEY_DAYS_WRONG',
} as const;

type Mutations = Required<
  Pick<MutationResolvers<Context>, 'openHolidaySurvey' | 'withdrawHolidaySurvey' | 'answerHolidaySurvey'>
>;

export const surveyMutations: Mutations = {
  openHolidaySurvey: async (_parent, { input }, { deps, actor }) => {
    const { idempotencyKey, unitId, groupIds = [], asksHalfDays = false } = input;
    if (idempotencyKey.length < 1 || idempotencyKey.length > 64)
      throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
    if (groupIds.length > 100) throw new AppError('BAD_USER_INPUT', 'at most 100 groups');
    if (!isId(unitId) || !groupIds.every(isId)) throw new AppError('NOT_FOUND');
    const result = await open(deps, actor, {
      ...{ ...input, groupIds, asksHalfDays, answerUntil: new Date(input.answerUntil) },
    });
    if (result.ok) return { __typename: 'HolidaySurveyOpened', survey: toSurvey(result.value) };
    if (result.refusal.kind === 'feature-closed') return toFeatureClosed(result.refusal);
    return { __typename: 'HolidaySurveyRefused', ...said(codes[result.refusal.kind]) };
  },
  withdrawHolidaySurvey: async (_parent, { input: { surveyId } }, { deps, actor }) => {
    if (!isId(surveyId)) throw new AppError('NOT_FOUND');
    const result = await withdraw(deps, actor, surveyId);
    return result.ok
      ? { __typename: 'HolidaySurveyWithdrawn', survey: toSurvey(result.value) }
      : toFeatureClosed(result.refusal);
  },
  answerHolidaySurvey: async (_parent, { input: { surveyId, childId, days } }, { deps, actor }) => {
    if (days.length > 100) throw new AppError('BAD_USER_INPUT', 'at most 100 days');
    if (!isId(surveyId) || !isId(childId)) throw new AppError('NOT_FOUND');
    const result = await answer(deps, actor, { surveyId, childId, days });
    if (result.ok) return { __typename: 'HolidaySurveyAnswered', answered: toChildSurvey(result.value) };
    if (result.refusal.kind === 'feature-closed') return toFeatureClosed(result.refusal);
    return { __typename: 'HolidaySurveyRefused', ...said(codes[result.refusal.kind]) };
  },
};
