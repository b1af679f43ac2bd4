import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import * as restrictions from '../store/restrictions.ts';
import type { Deps, EventDeps } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';

export type LiftRefusal = { readonly kind: 'already-lifted' };

/** Lifts a restriction, or proposes it where it is not the unit's own (GUA-12). Whoever it closed may then have access anew. */
export function liftRestriction(
  deps: Deps,
  actor: Actor,
  restrictionId: string,
  asked: Asked,
): Promise<Result<Proposal, LiftRefusal | ProposeRefusal>> {
  if (!isId(restrictionId)) throw new AppError('NOT_FOUND');
  return decideOnce(
    deps,
    actor,
    asked,
    async (tx) => {
      const restriction = await restrictions.load(tx, restrictionId);
      if (restriction === undefined) throw new AppError('NOT_FOUND');
      return meetChild(deps, tx, actor, restriction.childId);
    },
    (event, by) => prepareLifting(event, restrictionId, by),
  );
}

export async function prepareLifting(
  deps: EventDeps,
  restrictionId: string,
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, LiftRefusal>> {
  const restriction = await restrictions.load(deps.db, restrictionId);
  if (restriction === undefined) throw new AppError('NOT_FOUND');
  if (restriction.liftedAt !== null) return refuse({ kind: 'already-lifted' });
  const { childId, authority } = restriction;
  return accept({
    subject: { kind: 'LIFT_RESTRICTION', childId, restrictionId, authority },
    apply: async () => {
      await restrictions.lift(deps.db, restrictionId, { liftedBy: actor.personId, decisionId });
      await tellAll(deps.db, await deriveFamilies(deps, [childId], actor.personId, 'RESTRICTION_LIFTED'));
    },
  });
}
