import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayApplyFor } from '../domain/application-policy.ts';
import {
  type PaidCare,
  type ReductionRefusal,
  type StatedIncome,
  decideReduction,
} from '../domain/reduced-payment.ts';
import * as reductions from '../store/reduced-payments.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

export interface WantedReduction {
  readonly childId: string;
  readonly care: PaidCare;
  readonly income: StatedIncome;
  readonly idempotencyKey: string;
}

type Applied = Result<reductions.StoredReduction, ReductionRefusal>;

/** A guardian applies for the household to pay less (P17, PAY-08). The same key again is the same application (S-22). */
export const applyForReducedPayment = (
  deps: Deps,
  actor: Actor,
  { childId, care, income, idempotencyKey }: WantedReduction,
): Promise<Applied> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Applied>> => {
      const facts = await loadApplicationFacts(tx, actor, [childId], deps.now());
      mayApplyFor(actor, facts, childId);
      const { personId: appliedBy } = actor;
      const known = await reductions.byKey(tx, appliedBy, idempotencyKey);
      if (known !== undefined) return aboutNobody(accept(known));
      const { today } = facts;
      const standing = await reductions.standing(tx, childId, care);
      const decision = decideReduction(deps.priceLists[care], { today, ...standing });
      if (!decision.ok) return aboutNobody(decision);
      const id = deps.newId();
      const applied = { id, childId, care, income, appliedBy, idempotencyKey };
      if (!(await reductions.insert(tx, { ...applied, appliedOn: today, months: decision.value })))
        throw new AppError('CONFLICT', 'the household applied at the same time');
      return aboutNobody(accept((await reductions.byId(tx, id))!));
    }),
  );
