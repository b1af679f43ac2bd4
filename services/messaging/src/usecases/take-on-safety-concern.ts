import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type SafetyConcern, leads } from '../domain/contact-form.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';

/** The leader has read it in the archive and goes on there. Taken on twice, it stays whose it was first. */
export const takeOnSafetyConcern = (deps: Deps, actor: Actor, concernId: string): Promise<SafetyConcern> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const found = await forms.concern(tx, concernId);
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      if (found === null || !isPerson(actor) || !leads(actor, facts, found.unitId))
        throw new AppError('NOT_FOUND');
      return { personId: actor.personId };
    },
    async (tx, { personId }) => {
      await forms.takeOn(tx, concernId, personId);
      return aboutNobody((await forms.concern(tx, concernId))!);
    },
  );
