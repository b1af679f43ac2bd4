import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import { type Imposition, type ImpositionRefusal, decideImposition } from '../domain/restrictions.ts';
import * as restrictions from '../store/restrictions.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { keepText } from './keep-text.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';

export interface ImpositionWish extends Imposition {
  readonly childId: string;
  readonly note: string | null;
}

/**
 * Takes access away, or notes that somebody may not fetch a child (GUA-12). One person is enough, and it counts when this
 * has answered: what it closes is closed in the same transaction.
 */
export function imposeRestriction(
  deps: Deps,
  actor: Actor,
  wish: ImpositionWish,
  asked: Asked,
): Promise<Result<Proposal, ImpositionRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetChild(deps, tx, actor, wish.childId),
    (event, by) => prepareImposition(event, wish, by.actor),
  );
}

async function prepareImposition(
  deps: EventDeps,
  wish: ImpositionWish,
  actor: StaffActor,
): Promise<Result<Prepared, ImpositionRefusal>> {
  const { childId, personId, kind, authority, reviewOn, note } = wish;
  const isKnown =
    personId !== null && isId(personId) && (await restrictions.isKnownTo(deps.db, childId, personId));
  const decision = decideImposition(wish, { today: today(deps), isKnown });
  if (!decision.ok) return decision;
  const restriction = {
    restrictionId: deps.newId(),
    ...{ childId, personId, authority, reviewOn },
    closesAccess: decision.value.closesAccess,
  };
  return accept({
    subject: { kind: 'IMPOSE_RESTRICTION', ...restriction, restriction: kind },
    apply: async () => {
      const noteId = await keepText(deps, note);
      await restrictions.insert(deps.db, { ...restriction, kind, noteId, imposedBy: actor.personId });
      await tellAll(deps.db, await deriveFamilies(deps, [childId], actor.personId));
    },
  });
}
