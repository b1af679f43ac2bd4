import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { sightOf } from '../domain/application-policy.ts';
import { reasonOf } from '../domain/outcome-reason.ts';
import type { RoundState } from '../domain/round.ts';
import type { Language } from '../domain/sentence-words.ts';
import * as applications from '../store/applications.ts';
import * as outcomes from '../store/wish-outcomes.ts';
import type { StoredOutcome } from '../store/wish-outcomes.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOf } from './read-applications.ts';

/** What became of a wish, with the reason in each language. */
export interface ToldOutcome extends Pick<StoredOutcome, 'rank' | 'unitId' | 'outcome' | 'numbers'> {
  readonly reasons: Readonly<Record<Language, string>>;
}

/** Of each application what became of its wishes; none where the round is not published, and where the actor is not told (BHG-20). */
export const readWishOutcomes = (
  deps: Deps,
  actor: Actor,
  applicationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ToldOutcome[]>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await applications.byIds(tx, applicationIds);
    const childIds = [...new Set(found.map(({ childId }) => childId))];
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    const told = found.flatMap((application) => {
      const sight = sightOf(actor, facts, application);
      return sight === null || sight.as === 'LEADER' ? [] : [{ application, sight }];
    });
    const ids = told.map(({ application }) => application.id);
    const known = Map.groupBy(await outcomes.ofApplications(tx, ids), ({ applicationId }) => applicationId);
    const withOutcomes = told.filter(({ application }) => known.has(application.id));
    return about(
      withOutcomes.flatMap(({ application, sight }) => readOf(application, sight)),
      new Map(
        withOutcomes.map(({ application: { id, roundState } }) => [
          id,
          known.get(id)!.map((one) => toTold(one, roundState ?? 'published')),
        ]),
      ),
    );
  });

function toTold(one: StoredOutcome, state: RoundState): ToldOutcome {
  const { rank, unitId, outcome, numbers } = one;
  const inLanguage = (language: Language): string => reasonOf(one, state, language);
  return {
    ...{ rank, unitId, outcome, numbers },
    reasons: { nb: inLanguage('nb'), nn: inLanguage('nn'), en: inLanguage('en') },
  };
}
