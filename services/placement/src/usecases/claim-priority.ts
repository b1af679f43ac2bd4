import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayApplyFor } from '../domain/application-policy.ts';
import { type ClaimingRefusal, decideClaim } from '../domain/claim.ts';
import * as claims from '../store/claims.ts';
import { loadRound, lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';

export interface WantedClaim {
  readonly applicationId: string;
  readonly flag: string;
  /** Null: wherever the child applies. */
  readonly unitId: string | null;
}

type Claimed = Result<claims.StoredClaim, ClaimingRefusal>;

/** A guardian claims that the child comes first for a reason that somebody decides on (BHG-09). Claimed again it is the same. */
export async function claimPriority(
  deps: Deps,
  actor: Actor,
  { applicationId, flag, unitId }: WantedClaim,
): Promise<Claimed> {
  const now = deps.now();
  return twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Claimed>> => {
      const { application, facts } = await lockApplication(tx, actor, applicationId, now);
      mayApplyFor(actor, facts, application.childId);
      const { childId, roundId, state } = application;
      const known = (await claims.ofApplications(tx, [applicationId])).find(
        (one) => one.flag === flag && one.unitId === unitId,
      );
      if (known !== undefined) return aboutNobody(accept(known));
      const wished = application.wishes.map(({ kindergarten }) => kindergarten);
      const rules = await claims.rulesOf(tx, roundId, unitId === null ? wished : [unitId]);
      const round = await loadRound(tx, roundId, { now, siblings: new Set() });
      const decision = decideClaim({ flag, unit: unitId }, { ...round, state, wished, rules });
      if (!decision.ok) return aboutNobody(decision);
      const id = deps.newUntimedId();
      const claim = { id, applicationId, childId, roundId, unitId, flag, claimedBy: actor.personId };
      if (!(await claims.insert(tx, claim)))
        throw new AppError('CONFLICT', 'the same was claimed at the same time');
      const [stored] = await claims.byIds(tx, [id]);
      return aboutNobody(accept(stored!));
    }),
  );
}
