import { type LocalDate, addDays, instantOf, isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Enrolment } from './absence.ts';
import { type UnitCalendar, schoolDays } from './calendar.ts';
import { type Stay, stayOn } from './stay.ts';

/** Whether a child comes on a day of a holiday. */
export type HolidayPart = 'NONE' | 'WHOLE' | 'MORNING' | 'AFTERNOON';

/** That a unit asks home who comes on some days (T19). */
export interface HolidaySurvey {
  readonly id: string;
  readonly unitId: string;
  readonly days: readonly LocalDate[];
  readonly asksHalfDays: boolean;
  /** Empty: all groups. */
  readonly groupIds: readonly string[];
  readonly answerUntil: Date;
  readonly withdrawnAt: Date | null;
}

/** What was said of a day. The last one counts. */
export interface HolidayAnswer {
  readonly surveyId: string;
  readonly childId: string;
  readonly day: LocalDate;
  readonly part: HolidayPart;
  readonly isByStaff: boolean;
  readonly answeredBy: string | null;
  readonly answeredAt: Date;
}

export interface SurveyTerms {
  readonly unitId: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly asksHalfDays: boolean;
  readonly groupIds: readonly string[];
  readonly answerUntil: Date;
}

export type SurveyRefusal =
  | FeatureClosed
  | { readonly kind: 'survey-unit-wrong' }
  | { readonly kind: 'survey-days-wrong' }
  | { readonly kind: 'survey-deadline-wrong' };

const daysMax = 100;
const reminderDays = 2;

/** A survey is of days that are to come, on which the unit is open, and can be answered until the first of them begins. */
export function decideSurvey(
  { unitId, firstDay, lastDay, answerUntil }: SurveyTerms,
  known: {
    readonly now: Date;
    readonly calendar: UnitCalendar | undefined;
    readonly features: FeatureStandings;
  },
): Result<{ readonly days: readonly LocalDate[]; readonly remindAt: Date }, SurveyRefusal> {
  const { now, calendar, features } = known;
  if (calendar === undefined || calendar.kind === 'SCHOOL') return refuse({ kind: 'survey-unit-wrong' });
  const isOpen = requireFeature(features, unitId);
  if (!isOpen.ok) return isOpen;
  const isTooLong = lastDay < firstDay || lastDay > addDays(firstDay, 2 * daysMax);
  const days = isTooLong ? [] : schoolDays(calendar, firstDay, lastDay);
  if (days.length === 0 || days.length > daysMax) return refuse({ kind: 'survey-days-wrong' });
  if (answerUntil <= now || answerUntil > instantOf(days[0]!, '00:00'))
    return refuse({ kind: 'survey-deadline-wrong' });
  // In the morning two days before the last one to answer on; never after the deadline, nor before it is opened.
  const morning = instantOf(addDays(localDateAt(answerUntil), -reminderDays), '10:00');
  return accept({ days, remindAt: morning > now ? morning : answerUntil });
}

export type SurveyAnswerRefusal =
  FeatureClosed | { readonly kind: 'survey-closed' } | { readonly kind: 'survey-day-wrong' };

/** Whether a survey asks about a child: it is at the unit on one of the days, in one of the groups. */
export const asksAbout = (
  { unitId, days, groupIds }: HolidaySurvey,
  { childId, enrolments }: { readonly childId: string; readonly enrolments: readonly SurveyedEnrolment[] },
): boolean =>
  enrolments.some(
    (place) =>
      place.childId === childId &&
      place.unitId === unitId &&
      (groupIds.length === 0 || place.groupIds.some((groupId) => groupIds.includes(groupId))) &&
      days.some((day) => isWithin(day, place.from, place.to)),
  );
type SurveyedEnrolment = Enrolment & { readonly groupIds: readonly string[] };

/** Guardians answer until the deadline, staff on their word until a day is over. */
export function decideSurveyAnswer(
  survey: HolidaySurvey,
  answers: readonly Pick<HolidayAnswer, 'day' | 'part'>[],
  known: {
    readonly now: Date;
    readonly today: LocalDate;
    readonly isStaff: boolean;
    readonly features: FeatureStandings;
  },
): Result<true, SurveyAnswerRefusal> {
  const isOpen = requireFeature(known.features, survey.unitId);
  if (!isOpen.ok) return isOpen;
  const isTooLate = !known.isStaff && known.now >= survey.answerUntil;
  if (survey.withdrawnAt !== null || isTooLate) return refuse({ kind: 'survey-closed' });
  const areRight = answers.every(
    ({ day, part }) =>
      survey.days.includes(day) &&
      day >= known.today &&
      (survey.asksHalfDays || part === 'NONE' || part === 'WHOLE'),
  );
  const areOnce = new Set(answers.map(({ day }) => day)).size === answers.length;
  return areRight && areOnce && answers.length > 0 ? accept(true) : refuse({ kind: 'survey-day-wrong' });
}

/** What counts of what was said, of the oldest first: the last of each child and day. */
export const lastAnswers = <Answer extends Pick<HolidayAnswer, 'surveyId' | 'childId' | 'day'>>(
  answers: readonly Answer[],
): readonly Answer[] => [
  ...new Map(answers.map((one) => [`${one.surveyId} ${one.childId} ${one.day}`, one])).values(),
];

const noon = '12:00';

/** What holds of a child's day, with what was answered: unless hours were set for that very day. */
export function staysWith(
  stays: readonly Stay[],
  answer: HolidayPart | undefined,
  { childId, unitId, day }: { readonly childId: string; readonly unitId: string; readonly day: LocalDate },
): readonly Stay[] {
  if (answer === undefined || stays.some((stay) => stay.day === day)) return stays;
  const usual = stayOn(stays, day);
  const terms =
    usual !== null && usual.comes
      ? { arrives: usual.arrives, leaves: usual.leaves, goesHome: usual.goesHome }
      : { arrives: null, leaves: null, goesHome: null };
  const on = { childId, unitId, weekday: null, day };
  const said = {
    NONE: { ...on, comes: false, arrives: null, leaves: null, goesHome: null },
    WHOLE: { ...on, ...terms, comes: true },
    MORNING: { ...on, ...terms, comes: true, leaves: earlier(terms.leaves, noon) },
    AFTERNOON: { ...on, ...terms, comes: true, arrives: later(terms.arrives, noon) },
  } as const;
  return [...stays, said[answer]];
}
const earlier = (time: string | null, than: string): string => (time !== null && time < than ? time : than);
const later = (time: string | null, than: string): string => (time !== null && time > than ? time : than);

/** How many children answered what of a day, of those whom whoever looks may see. */
export interface SurveyDay {
  readonly day: LocalDate;
  readonly counts: Readonly<Record<HolidayPart | 'UNANSWERED', number>>;
}

/** The result of a survey, and of whom not every day has been answered. */
export function resultOf(
  survey: HolidaySurvey,
  children: readonly string[],
  enrolments: readonly SurveyedEnrolment[],
  answers: readonly HolidayAnswer[],
): { readonly days: readonly SurveyDay[]; readonly unanswered: readonly string[] } {
  const asked = children.filter((childId) => asksAbout(survey, { childId, enrolments })).toSorted();
  const isThere = (childId: string, day: LocalDate) =>
    enrolments.some(
      (place) =>
        place.childId === childId && place.unitId === survey.unitId && isWithin(day, place.from, place.to),
    );
  const partOf = new Map(
    lastAnswers(answers.filter(({ surveyId }) => surveyId === survey.id)).map(({ childId, day, part }) => [
      `${childId} ${day}`,
      part,
    ]),
  );
  const days = survey.days.map((day) => {
    const counts = { NONE: 0, WHOLE: 0, MORNING: 0, AFTERNOON: 0, UNANSWERED: 0 };
    for (const childId of asked)
      if (isThere(childId, day)) counts[partOf.get(`${childId} ${day}`) ?? 'UNANSWERED'] += 1;
    return { day, counts };
  });
  const unanswered = asked.filter((childId) =>
    survey.days.some((day) => isThere(childId, day) && !partOf.has(`${childId} ${day}`)),
  );
  return { days, unanswered };
}
