import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type RoundRefusal, isChangeable } from '../domain/round.ts';
import * as applications from '../store/applications.ts';
import * as overrides from '../store/overrides.ts';
import { roundBy } from './carry-out-move.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import { requireSame } from './require-same.ts';

export interface RightDecided {
  readonly applicationId: string;
  readonly hasRight: boolean;
}

/**
 * Decides whether a child has the right to a place where the register does not tell where it lives (BHG-03): it counts while the register says
 * nothing, and the last decision does. In other rounds than the main one nothing else gives the right.
 */
export const decideRight = (
  deps: Deps,
  actor: Actor,
  wanted: RightDecided & { readonly reason: string; readonly idempotencyKey: string },
): Promise<Result<RightDecided, RoundRefusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<RightDecided, RoundRefusal>>> => {
      const now = deps.now();
      const { applicationId, hasRight, idempotencyKey } = wanted;
      mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(now)));
      const { personId: decidedBy } = actor;
      const known = await overrides.rightDecidedUnder(tx, decidedBy, idempotencyKey);
      if (known !== undefined) {
        requireSame(known.applicationId === applicationId && known.hasRight === hasRight);
        return aboutNobody(accept(known));
      }
      const [application] = await applications.byIds(tx, [applicationId]);
      if (application === undefined) throw new AppError('NOT_FOUND');
      const { state } = await roundBy(tx, application.roundId);
      if (!isChangeable(state, 'verdicts')) return aboutNobody(refuse({ kind: 'E_STATE' as const, state }));
      const reason = wanted.reason.trim();
      if (reason === '') return aboutNobody(refuse({ kind: 'E_NO_REASON' as const }));
      const made = { id: deps.newId(), applicationId, hasRight, reason, decidedBy, decidedAt: now };
      await overrides.decideRight(tx, { ...made, idempotencyKey });
      return aboutNobody(accept({ applicationId, hasRight }));
    }),
  );
