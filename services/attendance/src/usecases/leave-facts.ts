import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FeatureStandings } from '@ranselpost/kit/pure/features';
import type { Leave } from '../domain/leave.ts';
import { type LeaveFacts, maySeeLeave } from '../domain/leave-policy.ts';
import * as leaves from '../store/leaves.ts';
import type { Deps } from './deps.ts';

export type LoadedFacts = CopyFacts & LeaveFacts;

export async function loadLeaveFacts(
  tx: Tx,
  actor: Actor,
  childIds: readonly string[],
  today: LocalDate,
): Promise<LoadedFacts> {
  const personId = 'personId' in actor ? actor.personId : null;
  return {
    ...(await loadAccessFacts(tx, actor, childIds, today)),
    ownChildIds: actor.kind === 'staff' ? await leaves.ownChildren(tx, personId, childIds) : [],
  };
}

/** A leave that is about to be changed, and by what its actor sees it. Nobody else changes any of the child's meanwhile. */
export async function lockLeave(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  actor: Actor,
  leaveId: string,
): Promise<{ readonly leave: Leave; readonly facts: LoadedFacts; readonly features: FeatureStandings }> {
  const [seen] = await leaves.byIds(tx, [leaveId]);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await leaves.lockChild(tx, seen.childId);
  const [leave] = await leaves.byIds(tx, [leaveId]);
  const facts = await loadLeaveFacts(tx, actor, [seen.childId], localDateAt(deps.now()));
  if (leave === undefined || !maySeeLeave(actor, facts, leave)) throw new AppError('NOT_FOUND');
  return { leave, facts, features: await loadFeature(tx, 'ABSENCE', facts, [leave.unitId]) };
}
