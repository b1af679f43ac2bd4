import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { setTimetable as set } from '../usecases/set-timetable.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const codes = { 'day-past': 'TIMETABLE_DAY_PAST', overlapping: 'TIMETABLE_OVERLAPPING' } as const;

/** As codes in Grep are. */
const isSubject = /^[A-Z]{3}\d{4}$/;

export const setTimetable: NonNullable<MutationResolvers<Context>['setTimetable']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const lessons = input.lessons.map(({ subject = null, ...lesson }) => ({ ...lesson, subject }));
  if (lessons.some(({ subject }) => subject !== null && !isSubject.test(subject)))
    throw new AppError('BAD_USER_INPUT', 'a subject is three letters and four digits');
  if (lessons.length > 100 || lessons.some(({ weekday }) => weekday < 1 || weekday > 7))
    throw new AppError('BAD_USER_INPUT', 'at most 100 lessons, on days from 1 to 7');
  if (!isId(input.unitId) || !isId(input.groupId)) throw new AppError('NOT_FOUND');
  const result = await set(deps, actor, { ...input, lessons });
  if (result.ok) return { __typename: 'TimetableSet', lessons: [...result.value] };
  if (result.refusal.kind === 'feature-closed') return toFeatureClosed(result.refusal);
  const code = codes[result.refusal.kind];
  return { __typename: 'TimetableRefused', ...said(code) };
};
