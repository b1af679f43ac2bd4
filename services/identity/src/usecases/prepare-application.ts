import { aboutNobody } from '@ranselpost/kit/answer';
import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isAskedAnew, mayPrepare } from '../domain/applicant.ts';
import * as applicants from '../store/applicants.ts';
import * as persons from '../store/persons.ts';
import type { Deps } from './deps.ts';
import { toFollowedFacts } from './tell-followed.ts';

type Prepared = Result<{ readonly askedAt: Date }, { readonly kind: 'admission-closed' }>;

/**
 * Takes in that the actor wants to apply for a place: the register is read for whom it names them responsible for, and what comes of
 * that is among their children a moment later, or is not. Nothing is looked up here that says anything of a child or of the actor:
 * the same steps and the same receipt for everybody (GUA-20, S-06).
 */
export const prepareApplication = (deps: Deps, actor: Actor): Promise<Prepared> =>
  deps.db.decide(
    actor,
    async () => {
      mayPrepare(actor);
      return actor.personId;
    },
    async (tx, personId) => {
      const person = (await persons.load(tx, [personId])).get(personId);
      // Whoever has signed in is somebody; a token that outlived them names nobody.
      if (person === undefined || person.mergedInto !== null) throw new AppError('NOT_FOUND');
      if (!(await applicants.isAdmissionOpen(tx)))
        return aboutNobody<Prepared>(refuse({ kind: 'admission-closed' }));
      const now = deps.now();
      const before = await applicants.askedAt(tx, personId);
      if (before !== null && !isAskedAnew(before, now))
        return aboutNobody<Prepared>(accept({ askedAt: before }));
      await applicants.ask(tx, personId, now);
      const reason = person.followedAs === 'child' ? 'child' : 'guardian';
      await persons.follow(tx, [{ personId, isChild: false, followedAs: reason }]);
      // What the register said before was taken in without asking whose children they are.
      const told = await toFollowedFacts({ ...deps, db: tx }, [{ personId, reason, tellAgain: true }]);
      await tellAll(tx, told);
      return aboutNobody<Prepared>(accept({ askedAt: now }));
    },
  );

/** When the actor prepared to apply last. */
export const readPreparation = (deps: Deps, actor: Actor): Promise<Date | null> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(actor.kind === 'guardian' ? await applicants.askedAt(tx, actor.personId) : null),
  );
