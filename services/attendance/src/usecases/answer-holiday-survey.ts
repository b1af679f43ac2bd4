import { type Answer, about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell, tellAll } from '@ranselpost/kit/outbox';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import {
  type HolidayAnswer,
  type HolidayPart,
  type HolidaySurvey,
  type SurveyAnswerRefusal,
  asksAbout,
  decideSurveyAnswer,
  lastAnswers,
} from '../domain/holiday-survey.ts';
import { maySetStay } from '../domain/register-policy.ts';
import * as surveys from '../store/holiday-surveys.ts';
import type { Deps } from './deps.ts';
import { surveyBy } from './open-holiday-survey.ts';
import { daysChanged } from './tell-day-changed.ts';

export interface SurveyAnswer {
  readonly surveyId: string;
  readonly childId: string;
  readonly days: readonly { readonly day: LocalDate; readonly part: HolidayPart }[];
}

/** A survey with what counts of what was said of one child. */
export interface ChildSurvey {
  readonly survey: HolidaySurvey;
  readonly answers: readonly HolidayAnswer[];
  /** All that was said, for whoever leads. */
  readonly trace: readonly HolidayAnswer[];
}

/** Says on which days a child comes. Either guardian, or staff on their word; the last one counts, and the same again is the same. */
export const answerHolidaySurvey = (
  deps: Deps,
  actor: Actor,
  { surveyId, childId, days }: SurveyAnswer,
): Promise<Result<ChildSurvey, SurveyAnswerRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<ChildSurvey, SurveyAnswerRefusal>>> => {
      const now = deps.now();
      const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(now));
      const survey = await surveyBy(tx, surveyId);
      const { unitId } = survey;
      maySetStay(actor, facts, unitId, childId);
      if (!asksAbout(survey, { childId, enrolments: facts.enrolments })) throw new AppError('NOT_FOUND');
      const isStaff = actor.kind === 'staff';
      const decision = decideSurveyAnswer(survey, days, {
        ...{ now, today: facts.today, isStaff },
        features: await loadFeature(tx, 'ABSENCE', facts, [unitId]),
      });
      const reads = readsOf('ABSENCE', actor, facts, [{ childId, unitId }]);
      if (!decision.ok) return about(reads, decision);
      const before = lastAnswers(await surveys.answers(tx, [surveyId], [childId]));
      const changed = days.filter(
        ({ day, part }) => !before.some((one) => one.day === day && one.part === part),
      );
      const { personId: answeredBy } = actor;
      await surveys.addAnswers(tx, survey, { childId, answeredBy, isByStaff: isStaff, days: changed });
      if (changed.some(({ day }) => !before.some((one) => one.day === day)))
        await tellNoMore(tx, survey, childId);
      const slots = changed.map(({ day }) => ({ childId, unitId, day }));
      await tellAll(tx, await daysChanged(tx, slots, facts.today));
      const answers = lastAnswers(await surveys.answers(tx, [surveyId], [childId]));
      return about(reads, accept({ survey, answers, trace: [] }));
    }),
  );

/** Whoever has nothing left to answer is not told any more that it waits, also where the other guardian has answered it. */
async function tellNoMore(tx: Tx, { id }: HolidaySurvey, childId: string): Promise<void> {
  const recipients = [...(await surveys.answeredBy(tx, id, childId))];
  if (recipients.length === 0) return;
  for (const noticeId of await surveys.noticesOf(tx, id))
    await tell(tx, noticeDroppedV1, { noticeId, recipients });
}
