import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { decideConfirmation } from '../domain/grants.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as grants from '../store/grants.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';

export type ConfirmationRefusal = { readonly kind: 'not-held' | 'cannot-be-let-through' };

/** A member of staff wants a held grant let through, for what holds it now and nothing that comes later (ADR-04, GUA-05). */
export function confirmGrant(
  deps: Deps,
  actor: Actor,
  grantId: string,
  asked: Asked,
): Promise<Result<Proposal, ConfirmationRefusal | ProposeRefusal>> {
  if (!isId(grantId)) throw new AppError('NOT_FOUND');
  return decideOnce(
    deps,
    actor,
    asked,
    async (tx) => {
      const childId = await grants.childOf(tx, grantId);
      if (childId === undefined) throw new AppError('NOT_FOUND');
      return meetChild(deps, tx, actor, childId);
    },
    (event, by) => prepareConfirmation(event, grantId, by),
  );
}

export async function prepareConfirmation(
  deps: EventDeps,
  grantId: string,
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, ConfirmationRefusal>> {
  const grant = await grants.load(deps.db, grantId);
  if (grant === undefined) throw new AppError('NOT_FOUND');
  const decision = decideConfirmation(grant, { confirmationId: decisionId, today: today(deps) });
  if (!decision.ok) return decision;
  const { childId, personId } = grant;
  return accept({
    subject: { kind: 'CONFIRM_GRANT', childId, personId, grantId, holds: grant.holds },
    apply: async () => {
      const revision = await grants.revisionOf(deps.db, childId);
      const change = {
        grant: decision.value,
        from: grant.state,
        reason: 'CONFIRMED_BY_STAFF',
        revision,
      } as const;
      await grants.save(deps.db, [change], actor.personId);
      await tellAll(deps.db, await deriveFamilies(deps, [childId], actor.personId, 'CONFIRMED_BY_STAFF'));
    },
  });
}
