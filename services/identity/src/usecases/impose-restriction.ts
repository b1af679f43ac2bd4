import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import { type Imposition, type ImpositionRefusal, decideImposition } from '../domain/restrictions.ts';
import * as restrictions from '../store/restrictions.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { type WhomRefusal, findAdult } from './find-adult.ts';
import { keepText } from './keep-text.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toRestrictionKept } from './tell-safeguards.ts';

export interface ImpositionWish extends Imposition {
  readonly childId: string;
  /** Whom it is about, instead of an id: also somebody whom no register has named to us yet. */
  readonly number?: string | undefined;
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
): Promise<Result<Proposal, ImpositionRefusal | WhomRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetChild(deps, tx, actor, wish.childId),
    async (event, by): Promise<Result<Prepared, ImpositionRefusal | WhomRefusal>> => {
      if (wish.number === undefined) return prepareImposition(event, wish, by.actor);
      const person = await findAdult(event, { kind: 'number', number: wish.number });
      if (!person.ok) return person;
      return prepareImposition(event, { ...wish, personId: person.value }, by.actor);
    },
  );
}

async function prepareImposition(
  deps: EventDeps,
  wish: ImpositionWish,
  actor: StaffActor,
): Promise<Result<Prepared, ImpositionRefusal>> {
  const { childId, personId, number, kind, authority, reviewOn, note } = wish;
  // Nobody hits upon a number; an id may be anybody's.
  const isKnown =
    personId !== null &&
    (number === undefined
      ? isId(personId) && (await restrictions.isKnownTo(deps.db, childId, personId))
      : personId !== childId);
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
      await tellAll(deps.db, [
        ...(await deriveFamilies(deps, [childId], actor.personId)),
        await toRestrictionKept(deps, { ...restriction, kind, imposedBy: actor.personId }),
      ]);
    },
  });
}
