import { aboutNobody } from '@ranselpost/kit/answer';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type SafetyConcern, mayAnswerFor } from '../domain/safety-concern.ts';
import * as concerns from '../store/safety-concerns.ts';
import type { Deps } from './deps.ts';
import { loadDeskFacts } from './read-safety-concerns.ts';

/** Whoever answers for it has read it in the archive and goes on there. Taken on twice, it stays whose it was first. */
export const takeOnSafetyConcern = (deps: Deps, actor: Actor, concernId: string): Promise<SafetyConcern> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const found = await concerns.byId(tx, concernId);
      const facts = await loadDeskFacts(deps, tx, actor);
      if (found === null || !isPerson(actor) || !mayAnswerFor(actor, facts, found))
        throw new AppError('NOT_FOUND');
      return { personId: actor.personId };
    },
    async (tx, { personId }) => {
      await concerns.takeOn(tx, concernId, personId);
      return aboutNobody((await concerns.byId(tx, concernId))!);
    },
  );
