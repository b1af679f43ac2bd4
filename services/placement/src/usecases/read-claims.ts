import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { ApplicationFacts } from '../domain/application-policy.ts';
import { deskOf } from '../domain/claim.ts';
import { maySeeClaim } from '../domain/claim-policy.ts';
import { isResponsibleFor } from '../domain/policy.ts';
import * as claims from '../store/claims.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

export type { WaitingClaim } from '../store/claims.ts';

/** A claim as somebody may see it. */
export interface ShownClaim extends Omit<claims.StoredClaim, 'claimedBy' | 'claimedAt'> {
  readonly claimedAt: Date | null;
}

/**
 * Of a protected child no guardian is told when it was shown, which either may have done by a document; nor when it was claimed, but for whoever
 * did (ADR-11).
 */
function toShown(
  actor: Actor,
  facts: ApplicationFacts,
  { claimedBy, ...claim }: claims.StoredClaim,
): ShownClaim {
  if (!isResponsibleFor(actor, facts, claim.childId) || !facts.keptApart.includes(claim.childId))
    return claim;
  const isOwn = actor.personId === claimedBy;
  return { ...claim, claimedAt: isOwn ? claim.claimedAt : null, provenAt: null };
}

/** Claims by id, as far as the actor may see them. */
export const readClaims = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownClaim>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await claims.byIds(tx, ids);
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), deps.now());
    const seen = found.filter((claim) => maySeeClaim(actor, facts, claim));
    const reads = seen.flatMap((claim) => readOfClaim(actor, facts, claim));
    return about(reads, new Map(seen.map((claim) => [claim.id, toShown(actor, facts, claim)])));
  });

/** What is claimed with applications, as far as the actor may see it. */
export const readClaimsOf = (
  deps: Deps,
  actor: Actor,
  applicationIds: readonly string[],
): Promise<readonly (readonly ShownClaim[])[]> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await claims.ofApplications(tx, applicationIds);
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), deps.now());
    const seen = found.filter((claim) => maySeeClaim(actor, facts, claim));
    const byApplication = Map.groupBy(
      seen.map((claim) => toShown(actor, facts, claim)),
      ({ applicationId }) => applicationId,
    );
    const reads = seen.flatMap((claim) => readOfClaim(actor, facts, claim));
    return about(
      reads,
      applicationIds.map((id) => byApplication.get(id) ?? []),
    );
  });

/** What the actor was named for and is still to decide, longest first; null for whoever works with no claims. */
export const readAssignedClaims = (
  deps: Deps,
  actor: Actor,
  listing: claims.ClaimListing,
): Promise<readonly claims.StoredClaim[] | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly claims.StoredClaim[] | null>> => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const found = await claims.assignedTo(tx, actor.personId, listing);
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), deps.now());
    if (!facts.municipalRoles.includes('CASE_WORKER')) return aboutNobody(null);
    const seen = found.filter((claim) => maySeeClaim(actor, facts, claim));
    const reads = seen.flatMap((claim) => readOfClaim(actor, facts, claim));
    return about(reads, seen);
  });

const childrenOf = (found: readonly claims.StoredClaim[]): readonly string[] => [
  ...new Set(found.map(({ childId }) => childId)),
];

/** What staff read, for the access log; guardians read of their own child (S-11). */
export function readOfClaim(
  actor: Actor,
  facts: ApplicationFacts,
  { childId, flag }: Pick<claims.StoredClaim, 'childId' | 'flag'>,
): readonly ChildRead[] {
  if (isResponsibleFor(actor, facts, childId)) return [];
  const isOfficers = facts.keptApart.includes(childId);
  const rule = isOfficers ? 'ADR-04' : deskOf(flag) === 'law18' ? 'BHG-09' : 'S-02';
  const role = isOfficers ? 'PROTECTION_OFFICER' : 'CASE_WORKER';
  return [{ childId, kind: 'PRIORITY_CLAIM', unitId: null, role, rule }];
}
