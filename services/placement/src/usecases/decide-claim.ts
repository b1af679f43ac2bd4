import { type Answer, type ChildRead, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import {
  type ClaimRefusal,
  type Desk,
  type Verdict,
  decideProof,
  decideVerdict,
  deskOf,
} from '../domain/claim.ts';
import { desksFor, mayDecideClaim } from '../domain/claim-policy.ts';
import { deadlineOf } from '../domain/round.ts';
import * as claims from '../store/claims.ts';
import { loadApplicationFacts, loadRound } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOfClaim } from './read-claims.ts';

type Outcome = Result<claims.StoredClaim, ClaimRefusal>;

export interface WantedVerdict {
  readonly claimId: string;
  readonly verdict: Exclude<Verdict, 'undecided'>;
  /** What guardians read of it. */
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

interface Met {
  readonly claim: claims.StoredClaim;
  readonly desks: readonly Desk[];
  readonly reads: readonly ChildRead[];
  readonly round: Awaited<ReturnType<typeof loadRound>>['round'];
}

/** A claim that nobody else decides on until the transaction ends, for whoever decides on it; for anybody else there is none (S-06). */
async function meetClaim(
  tx: Tx,
  actor: Actor,
  claimId: string,
  now: Date,
): Promise<Met & { readonly by: StaffActor }> {
  await claims.lock(tx, claimId);
  const [claim] = await claims.byIds(tx, [claimId]);
  if (claim === undefined) throw new AppError('NOT_FOUND');
  const facts = await loadApplicationFacts(tx, actor, [claim.childId], now);
  mayDecideClaim(actor, facts, claim);
  const { round } = await loadRound(tx, claim.roundId, { now, siblings: new Set() });
  const desks = desksFor(actor, facts, claim);
  return { claim, desks, round, reads: readOfClaim(actor, facts, claim), by: actor };
}

/** Decides on a claim (BHG-09, ADM-02). The same key again is the same verdict. */
export async function decideClaim(
  deps: Deps,
  actor: Actor,
  { claimId, verdict, reason, idempotencyKey }: WantedVerdict,
): Promise<Outcome> {
  const now = deps.now();
  return twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Outcome>> => {
      const { claim, desks, round, reads, by } = await meetClaim(tx, actor, claimId, now);
      if (claim.verdicts.some(({ key }) => key === idempotencyKey)) return about(reads, accept(claim));
      const deadline = deadlineOf(round);
      const decision = decideVerdict(claim, { verdict, desks, reason, deadline, roundState: round.state });
      if (!decision.ok) return about(reads, decision);
      await claims.insertVerdict(tx, claim, {
        ...{ id: deps.newId(), isSensitive: deskOf(claim.flag) === 'law18', verdict, reason },
        ...{ decidedBy: by.personId, idempotencyKey },
      });
      return about(reads, accept(await asItStands(tx, claimId)));
    }),
  );
}

/**
 * Says when a claim was shown: whoever decides on it has seen the document on paper, and keeps nothing of it here. What was said before stays as its
 * trace.
 */
export async function noteProof(
  deps: Deps,
  actor: Actor,
  { claimId, provenAt }: { readonly claimId: string; readonly provenAt: Date },
): Promise<Outcome> {
  const now = deps.now();
  return twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Outcome>> => {
      const { claim, round, reads, by } = await meetClaim(tx, actor, claimId, now);
      if (claim.provenAt?.getTime() === provenAt.getTime()) return about(reads, accept(claim));
      const decision = decideProof(provenAt, { now, roundState: round.state });
      if (!decision.ok) return about(reads, decision);
      const isSensitive = deskOf(claim.flag) === 'law18';
      const proof = { id: deps.newId(), isSensitive, provenAt, notedBy: by.personId };
      await claims.insertProof(tx, claim, proof);
      return about(reads, accept(await asItStands(tx, claimId)));
    }),
  );
}

async function asItStands(tx: Tx, id: string): Promise<claims.StoredClaim> {
  const [claim] = await claims.byIds(tx, [id]);
  return claim!;
}
