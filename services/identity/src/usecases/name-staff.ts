import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Period, overlap } from '../domain/municipal-roles.ts';
import * as naming from '../domain/naming.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as deciders from '../store/deciders.ts';
import * as logins from '../store/logins.ts';
import * as namings from '../store/namings.ts';
import * as restrictions from '../store/restrictions.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toEnrolmentsFacts } from './tell-places.ts';

export type NamingRefusal = naming.NamingRefusal | { readonly kind: 'login-unknown' };

export interface NamingWish extends Period {
  readonly childId: string;
  readonly login: string;
}

/**
 * Names a member of staff who may see a protected child for some days, within the roles that they have (ADR-10). A leader of
 * the child's unit proposes it, a protection officer decides; where protection is strict, never one person alone.
 */
export function nameStaff(
  deps: Deps,
  actor: Actor,
  wish: NamingWish,
  asked: Asked,
): Promise<Result<Proposal, NamingRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetChild(deps, tx, actor, wish.childId),
    (event, by) => prepareNaming(event, wish, by),
  );
}

export async function prepareNaming(
  deps: EventDeps,
  { childId, login, from, to }: NamingWish,
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, NamingRefusal>> {
  const { db } = deps;
  const day = today(deps);
  const personId = await logins.personOf(db, login);
  if (personId === undefined) return refuse({ kind: 'login-unknown' });
  const named = { childId, personId };
  const held = await namings.heldBy(db, childId);
  const others = await namings.ofPerson(db, named, day);
  const decision = naming.decideNaming(
    { from, to },
    {
      ...{ today: day, held },
      isOwn: await deciders.areSame(db, actor.personId, personId),
      isParty: await restrictions.isKnownTo(db, childId, personId),
      isInCharge: await namings.hasInCharge(db, named, day),
      isNamed: others.some((other) => naming.countsAt(other, held) && overlap(other, { from, to })),
    },
  );
  if (!decision.ok) return decision;
  const level = decision.value;
  return accept({
    subject: { kind: 'NAME_STAFF', ...named, login, level, from, to },
    apply: async () => {
      await namings.insert(db, { namingId: deps.newId(), ...named, level, from, to, decisionId });
      await tellAll(db, [
        ...(await toEnrolmentsFacts(deps, [childId], { onlyTold: true })),
        ...(await deriveFamilies(deps, [childId], actor.personId)),
      ]);
    },
  });
}
