import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import {
  type ReductionVerdict,
  type VerdictRefusal,
  decideReductionVerdict,
} from '../domain/reduced-payment.ts';
import { mayDecideReduction } from '../domain/reduced-payment-policy.ts';
import * as letters from '../store/decision-letters.ts';
import type { StoredReduction } from '../store/reduced-payments.ts';
import * as reductions from '../store/reduced-payments.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOfReduction } from './read-reduced-payments.ts';

export interface WantedReductionVerdict {
  readonly id: string;
  readonly verdict: ReductionVerdict['verdict'];
  readonly countedIncome: number | null;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

type Decided = Result<string, VerdictRefusal>;

/**
 * Decides for good on an application to pay less (PAY-06, ADM-10); from then on whoever decided reads nothing of it any more. The same key
 * again is the same decision (S-22).
 */
export const decideReducedPayment = (
  deps: Deps,
  actor: Actor,
  { id, idempotencyKey, ...wanted }: WantedReductionVerdict,
): Promise<Decided> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx) => {
        await reductions.lock(tx, id);
        if ((await reductions.decidedUnder(tx, idempotencyKey)) === id)
          return { answer: accept(id), letter: null, reads: [] };
        const reduction = await reductions.byId(tx, id);
        if (reduction === undefined) throw new AppError('NOT_FOUND');
        const facts = await loadApplicationFacts(tx, actor, [reduction.childId], deps.now());
        mayDecideReduction(actor, facts, { ...reduction, isOpen: reduction.state === 'open' });
        const reads = readOfReduction(actor, facts, reduction);
        const decision = decideReductionVerdict(reduction.income ?? { kind: 'refused' }, wanted);
        if (!decision.ok) return { answer: decision, letter: null, reads };
        const decided = { ...decision.value, decidedBy: actor.personId, idempotencyKey };
        await reductions.insertDecision(tx, reduction, decided);
        return { answer: accept(id), letter: letterOn(deps, reduction, decision.value), reads };
      },
      async (tx, { answer, letter, reads }) => {
        if (letter !== null) await letters.insertAll(tx, [letter]);
        return about<Decided>(reads, answer);
      },
    ),
  );

/** For whoever applied alone: what they earn is no matter of the other guardian's (ADR-11). Nobody is told for whom has been forgotten. */
function letterOn(
  deps: Pick<Deps, 'newId' | 'now'>,
  { id: subjectId, childId, care, months, appliedBy: onlyFor }: StoredReduction,
  { verdict, countedIncome, reason }: ReductionVerdict,
): letters.NewLetter | null {
  if (onlyFor === null) return null;
  const outcome =
    verdict === 'granted'
      ? ({ kind: 'GRANTED', countedIncome, months } as const)
      : ({ kind: 'REFUSED' } as const);
  return {
    ...{
      id: deps.newId(),
      childId,
      subjectId,
      applicationId: null,
      unitId: null,
      onlyFor,
      decidedAt: deps.now(),
    },
    content: {
      kind: 'REDUCED_PAYMENT',
      care: care === 'kindergarten' ? 'KINDERGARTEN' : 'SFO',
      outcome,
      reason,
    },
  };
}
