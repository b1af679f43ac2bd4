import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { noticeDroppedV1 } from '@ranselpost/schema/events/attendance/notice-dropped.v1';
import { wholeDay } from '../domain/calendar.ts';
import { areShownAt, isAskedAbout, mayAnswerStillSick } from '../domain/policy.ts';
import { type StillSick, stillSickNow } from '../domain/still-sick.ts';
import * as stillSick from '../store/still-sick.ts';
import type { Deps } from './deps.ts';
import { type PlaceOutcome, takeInReport } from './report-absence.ts';
import { twice } from '@ranselpost/kit/twice';

export interface StillSickAnswer {
  readonly childId: string;
  readonly isStillSick: boolean;
  /** As of a report: the same answer under the same key is the same. */
  readonly idempotencyKey: string;
}

export interface StillSickAnswered {
  readonly question: StillSick;
  /** What came of the report, unit by unit. Empty where the child is expected. */
  readonly outcomes: readonly PlaceOutcome[];
}

export type StillSickRefusal = FeatureClosed | { readonly kind: 'not-asked' };

/**
 * Takes in what home says of a child who was ill yesterday. Still ill is a report of today at the same units, and stands until that is
 * taken back; otherwise the child is expected, and nothing is reported.
 */
export const answerStillSick = (deps: Deps, actor: Actor, { childId, ...said }: StillSickAnswer) =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<StillSickAnswered, StillSickRefusal>>> => {
      const now = deps.now();
      const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(now));
      mayAnswerStillSick(actor, facts, childId);
      const [question] = await questionsOf(tx, [childId], facts.today);
      if (question === undefined || question.state === 'WAITING' || question.state === 'SETTLED')
        return aboutNobody(refuse({ kind: 'not-asked' }));
      const features = await loadFeature(tx, 'ABSENCE', facts, question.unitIds);
      const standings = question.unitIds.map((unitId) => requireFeature(features, unitId));
      const [closed] = standings.filter((one) => !one.ok);
      if (closed !== undefined && !standings.some((one) => one.ok)) return aboutNobody(closed);
      let outcomes: readonly PlaceOutcome[] = [];
      // What was reported stands until it is taken back.
      if (!said.isStillSick && question.state === 'STILL_SICK')
        return aboutNobody(accept({ question, outcomes }));
      if (said.isStillSick) {
        const report = {
          ...{ places: question.unitIds.map((unitId) => ({ childId, unitId })), ...wholeDay },
          ...{ firstDay: facts.today, lastDay: facts.today, cause: 'SICK' as const },
          idempotencyKey: said.idempotencyKey,
        };
        // Before the question is touched: so does everybody else who reports, and nobody waits in a circle.
        const reported = await takeInReport(deps, tx, { actor, facts, report, now });
        if (!reported.ok)
          throw new Error(`an answer makes no report that is refused: ${reported.refusal.kind}`);
        ({ outcomes } = reported.value);
        if (reported.value.correlationId === null) return aboutNobody(accept({ question, outcomes }));
      }
      const { toldBy } = await stillSick.answer(tx, question, said.isStillSick ? 'STILL_SICK' : 'EXPECTED');
      if (toldBy !== null) await tell(tx, noticeDroppedV1, { noticeId: toldBy });
      const [answered] = await questionsOf(tx, [childId], facts.today);
      return aboutNobody(accept({ question: answered ?? question, outcomes }));
    }),
  );

const questionsOf = async (tx: Tx, childIds: readonly string[], day: LocalDate): Promise<StillSick[]> =>
  (await stillSick.ofChildren(tx, childIds, day)).map(({ question, reported }) => ({
    ...question,
    state: stillSickNow(question.state, reported),
  }));

/** What is asked of each child today, or was answered, for its guardians; null where nothing is, and where it is hidden (X07). */
export const readStillSick = (deps: Deps, actor: Actor, childIds: readonly string[]) =>
  deps.db.asActor<readonly (StillSick | null)[]>(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const own = childIds.filter((childId) => isAskedAbout(actor, facts, childId));
    const found = await questionsOf(tx, own, facts.today);
    const features = await loadFeature(
      tx,
      'ABSENCE',
      facts,
      found.flatMap(({ unitIds }) => unitIds),
    );
    const shown = found.filter(
      ({ state, unitIds }) => state !== 'WAITING' && state !== 'SETTLED' && areShownAt(features, unitIds),
    );
    return aboutNobody(childIds.map((childId) => shown.find((one) => one.childId === childId) ?? null));
  });
