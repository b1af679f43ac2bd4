import type { StaffActor } from '@ranselpost/kit/pure/actor';
import { type Result, refuse } from '@ranselpost/kit/pure/result';
import { tellAll } from '@ranselpost/kit/outbox';
import { decideConfirmation } from '../domain/grants.ts';
import * as grants from '../store/grants.ts';
import { takeTurn } from '../store/turn.ts';
import type { Deps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { tellGuardians } from './tell-guardians.ts';

type Refusal = { readonly kind: 'not-held' | 'cannot-be-let-through' | 'unknown-grant' };

/** A member of staff lets a held grant through (ADR-04). Who may is not decided here yet: nothing calls it from outside. */
export async function confirmGrant(
  deps: Deps,
  actor: StaffActor,
  grantId: string,
): Promise<Result<{ readonly grantId: string }, Refusal>> {
  return deps.db.asService(async (tx) => {
    await takeTurn(tx);
    const grant = await grants.load(tx, grantId);
    if (grant === undefined) return refuse({ kind: 'unknown-grant' });
    const decision = decideConfirmation(grant);
    if (!decision.ok) return decision;
    await grants.save(
      tx,
      [{ ...decision.value, revision: await grants.revisionOf(tx, grant.childId) }],
      actor.personId,
    );
    const event = { ...deps, db: tx };
    // The grant is active now; working the family out anew closes the work items that nothing needs any more.
    await tellAll(tx, [
      ...(await tellGuardians(event, [grant.childId])),
      ...(await deriveFamilies(event, [grant.childId], actor.personId)),
    ]);
    return { ok: true, value: { grantId } };
  });
}
