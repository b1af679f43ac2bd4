import { about, aboutNobody, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import {
  type HolidaySurvey,
  type SurveyDay,
  asksAbout,
  lastAnswers,
  resultOf,
} from '../domain/holiday-survey.ts';
import { areShownAt, isGuardianHere, mayListUnit } from '../domain/policy.ts';
import { maySeeMarks, maySeeTrace } from '../domain/register-policy.ts';
import * as surveys from '../store/holiday-surveys.ts';
import type { ChildSurvey } from './answer-holiday-survey.ts';
import type { Deps } from './deps.ts';

/** What is asked of each child, and what counts of what was said; for its guardians, and for staff at their own unit. */
export const readChildSurveys = (deps: Deps, actor: Actor, childIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly ChildSurvey[])[]>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const { enrolments } = facts;
    const unitIds = [...new Set(enrolments.map(({ unitId }) => unitId))];
    const found = await surveys.ofUnits(tx, unitIds, facts.today);
    const features = await loadFeature(tx, 'ABSENCE', facts, unitIds);
    const ids = found.map(({ id }) => id);
    const said = await surveys.answers(tx, ids, childIds);
    const lists = childIds.map((childId) =>
      found
        .filter(
          (survey) => areShownAt(features, [survey.unitId]) && asksAbout(survey, { childId, enrolments }),
        )
        .filter(
          ({ unitId }) => isGuardianHere(actor, facts, childId) || maySeeMarks(actor, facts, unitId, childId),
        )
        .map((survey) => {
          const own = said.filter((one) => one.childId === childId && one.surveyId === survey.id);
          const trace = maySeeTrace(actor, facts, survey.unitId, childId) ? own : [];
          return { survey, answers: lastAnswers(own), trace };
        }),
    );
    const told = lists.flatMap((list, place) =>
      list.map(({ survey: { unitId } }) => ({ childId: childIds[place]!, unitId })),
    );
    return about(readsOf('ABSENCE', actor, facts, told), lists);
  });

/** A survey, and how it was answered by those whom whoever asks has in their charge. */
export interface UnitSurvey {
  readonly survey: HolidaySurvey;
  readonly days: readonly SurveyDay[];
  readonly unanswered: readonly string[];
}

/** What units ask, with how it was answered, for their staff; by the same number of statements for any number of children. */
export const readUnitSurveys = (deps: Deps, actor: Actor, unitIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly UnitSurvey[] | 'hidden' | null)[]>(actor, async (tx) => {
    const today = localDateAt(deps.now());
    const places = await surveys.childrenAt(tx, unitIds);
    const childIds = [...new Set(places.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, today);
    const seen = unitIds.filter((unitId) => mayListUnit(actor, facts, unitId));
    if (seen.length === 0) return aboutNobody(unitIds.map(() => null));
    const features = await loadFeature(tx, 'ABSENCE', facts, seen);
    const found = await surveys.ofUnits(tx, seen, today);
    const said = await surveys.answers(
      tx,
      found.map(({ id }) => id),
    );
    const lists = unitIds.map((unitId) => {
      if (!seen.includes(unitId)) return null;
      if (!areShownAt(features, [unitId])) return 'hidden' as const;
      const inCharge = childIds.filter((childId) => maySeeMarks(actor, facts, unitId, childId));
      return found
        .filter((survey) => survey.unitId === unitId)
        .map((survey) => ({ survey, ...resultOf(survey, inCharge, facts.enrolments, said) }));
    });
    const told = lists.flatMap((list, place) =>
      list === null || list === 'hidden'
        ? []
        : list.flatMap(({ unanswered }) =>
            unanswered.map((childId) => ({ childId, unitId: unitIds[place]! })),
          ),
    );
    return about(readsOf('ABSENCE', actor, facts, told), lists);
  });
