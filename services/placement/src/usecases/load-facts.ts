import type { Tx } from '@ranselpost/kit/database';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { PlacementFacts } from '../domain/policy.ts';
import * as grounds from '../store/grounds.ts';

/** What a policy needs to know of an actor and some children, with what the actor is for the municipality. */
export async function loadFacts(
  tx: Tx,
  actor: Actor,
  childIds: readonly string[],
  today: LocalDate,
): Promise<CopyFacts & PlacementFacts> {
  const facts = await loadAccessFacts(tx, actor, childIds, today);
  return { ...facts, ...(await grounds.ofPlacement(tx, actor, facts.guardianOf)) };
}
