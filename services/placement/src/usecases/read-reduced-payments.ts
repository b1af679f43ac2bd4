import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { ApplicationFacts } from '../domain/application-policy.ts';
import { isResponsibleFor } from '../domain/policy.ts';
import { isIncomeFor, sightOfReduction } from '../domain/reduced-payment-policy.ts';
import * as reductions from '../store/reduced-payments.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

/** An application to pay less as somebody sees it. */
export interface ShownReduction extends reductions.StoredReduction {
  readonly isByViewer: boolean;
}

/** What children's households applied for, the last first; null for whoever has nothing to do with it. */
export const readChildReductions = (
  deps: Deps,
  actor: Actor,
  childIds: readonly string[],
): Promise<readonly (readonly ShownReduction[] | null)[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly (readonly ShownReduction[] | null)[]>> => {
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    const { shown, reads } = showAll(actor, facts, await reductions.ofChildren(tx, childIds));
    return about(
      reads,
      childIds.map((childId) => {
        const found = shown.filter((one) => one.childId === childId);
        return found.length > 0 || isResponsibleFor(actor, facts, childId) ? found : null;
      }),
    );
  });

/** What the actor decides on, longest first; null for whoever decides on nothing of the kind. */
export const readReductionsToDecide = (
  deps: Deps,
  actor: Actor,
  listing: reductions.ReductionListing,
): Promise<readonly ShownReduction[] | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly ShownReduction[] | null>> => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const found = await reductions.toDecide(tx, actor.personId, listing);
    const childIds = [...new Set(found.map(({ childId }) => childId))];
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    if (!['CASE_WORKER', 'PROTECTION_OFFICER'].some((role) => facts.municipalRoles.includes(role)))
      return aboutNobody(null);
    const { shown, reads } = showAll(actor, facts, found);
    return about(reads, shown);
  });

function showAll(
  actor: Actor,
  facts: ApplicationFacts,
  found: readonly reductions.StoredReduction[],
): { readonly shown: readonly ShownReduction[]; readonly reads: readonly ChildRead[] } {
  const seen = found.flatMap((one) => {
    const sight = sightOfReduction(actor, facts, { ...one, isOpen: one.state === 'open' });
    return sight === null ? [] : [{ one, sight }];
  });
  return {
    shown: seen.map(({ one, sight }) => ({
      ...one,
      income: isIncomeFor(sight) ? one.income : null,
      decision: isIncomeFor(sight) ? one.decision : null,
      isByViewer: sight === 'APPLICANT',
    })),
    reads: seen.flatMap(({ one }) => readOfReduction(actor, facts, one)),
  };
}

/** What staff read, for the access log; guardians read of their own child (S-11). */
export function readOfReduction(
  actor: Actor,
  facts: ApplicationFacts,
  { childId }: Pick<reductions.StoredReduction, 'childId'>,
): readonly ChildRead[] {
  if (isResponsibleFor(actor, facts, childId)) return [];
  const isOfficers = facts.keptApart.includes(childId);
  const role = isOfficers ? 'PROTECTION_OFFICER' : 'CASE_WORKER';
  return [{ childId, kind: 'PLACEMENT', unitId: null, role, rule: isOfficers ? 'ADR-04' : 'PAY-06' }];
}
