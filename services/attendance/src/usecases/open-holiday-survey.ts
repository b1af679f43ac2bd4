import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import {
  type HolidaySurvey,
  type SurveyRefusal,
  type SurveyTerms,
  decideSurvey,
} from '../domain/holiday-survey.ts';
import { mayLead } from '../domain/register-policy.ts';
import * as calendars from '../store/calendars.ts';
import * as surveys from '../store/holiday-surveys.ts';
import type { Deps } from './deps.ts';

export interface KeyedSurvey extends SurveyTerms {
  readonly idempotencyKey: string;
}

/** Asks home who comes on days of a holiday; the timer tells them. The same key again is the same survey (S-22). */
export const openHolidaySurvey = (
  deps: Deps,
  actor: Actor,
  { idempotencyKey, ...terms }: KeyedSurvey,
): Promise<Result<HolidaySurvey, SurveyRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<HolidaySurvey, SurveyRefusal>>> => {
      const { unitId } = terms;
      const now = deps.now();
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(now));
      mayLead(actor, facts, unitId);
      const known = await surveys.byKey(tx, actor.personId, idempotencyKey);
      if (known !== undefined) return aboutNobody(accept(known));
      const decision = decideSurvey(terms, {
        now,
        calendar: (await calendars.ofUnits(tx, [unitId])).get(unitId),
        features: await loadFeature(tx, 'ABSENCE', facts, [unitId]),
      });
      if (!decision.ok) return aboutNobody(decision);
      const survey = { ...terms, ...decision.value, id: deps.newId() };
      await surveys.insert(tx, { ...survey, openedBy: actor.personId, idempotencyKey });
      const kept = await surveys.byKey(tx, actor.personId, idempotencyKey);
      if (kept === undefined) throw new AppError('CONFLICT', 'a survey is being opened');
      return aboutNobody(accept(kept));
    }),
  );

/** Asks no more: what was answered means nothing any more. Taken back again is the same. */
export const withdrawHolidaySurvey = (
  deps: Deps,
  actor: Actor,
  surveyId: string,
): Promise<Result<HolidaySurvey, FeatureClosed>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<HolidaySurvey, FeatureClosed>>> => {
      const survey = await surveyBy(tx, surveyId);
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      mayLead(actor, facts, survey.unitId);
      const isOpen = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [survey.unitId]), survey.unitId);
      if (!isOpen.ok) return aboutNobody(isOpen);
      if (survey.withdrawnAt === null) {
        await surveys.withdraw(tx, surveyId);
        for (const noticeId of await surveys.noticesOf(tx, surveyId))
          await tell(tx, noticeDroppedV1, { noticeId });
      }
      return aboutNobody(accept(await surveyBy(tx, surveyId)));
    }),
  );

/** A survey that whoever asks can see at all; who they are to it, the caller asks. */
export async function surveyBy(tx: Tx, surveyId: string): Promise<HolidaySurvey> {
  const [survey] = await surveys.byIds(tx, [surveyId]);
  if (survey === undefined) throw new AppError('NOT_FOUND');
  return survey;
}
