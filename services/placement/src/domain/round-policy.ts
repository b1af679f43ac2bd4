import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type PlacementFacts, isCaseWorker, isLeaderOf, isPerson } from './policy.ts';

/** Rounds are run by case workers, for the whole municipality; for anybody else there is none to run (S-06). */
export function mayRunAdmission(actor: Actor, facts: PlacementFacts): asserts actor is StaffActor {
  if (!isCaseWorker(actor, facts)) throw new AppError('NOT_FOUND');
}

/** What is planned is for case workers; a round that is open, or was, for everybody who has signed in. */
export const maySeeRound = (
  actor: Actor,
  facts: PlacementFacts,
  { state }: { readonly state: string },
): boolean => (state === 'draft' ? isCaseWorker(actor, facts) : isPerson(actor));

/** What was done with a round, and what there is to know of it before it opens. */
export const maySeeMoves = isCaseWorker;

/** How many seats a unit has is for case workers, and for its leader once the round is open. */
export const maySeeSeats = (
  actor: Actor,
  facts: PlacementFacts,
  { unitId, state }: { readonly unitId: string; readonly state: string },
): boolean => isCaseWorker(actor, facts) || (state !== 'draft' && isLeaderOf(actor, facts, unitId));

/** The seed is nobody's before the result is published: whoever knew it could tell who is drawn first (placement § 4). */
export const isSeedPublished = ({ state }: { readonly state: string }): boolean =>
  state === 'published' || state === 'appeal' || state === 'finished';
