import type { ChildRead } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, groundOfCharge, regardlessOfProtection } from '@ranselpost/kit/pure/grounds';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Capacity } from '../domain/decisions.ts';
import { capacitiesAtUnit, capacitiesFor, capacitiesInMunicipality } from '../domain/policy.ts';
import type { Protection } from '../domain/protection.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as deciders from '../store/deciders.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';

/** Somebody and what they want to decide about, as they met with both locks on, in this transaction's turn. */
export interface Met {
  readonly actor: StaffActor;
  readonly capacities: readonly Capacity[];
  /** What protection concerns the child; none where it is about no child. */
  readonly protection: Protection;
  /** What they are told of by any answer; nothing where it is about no child. */
  readonly reads: readonly ChildRead[];
}

/** Meets a child whose access is to be decided on. Whoever has no part in that is told that there is no such child (S-06). */
export async function meetChild(deps: Deps, tx: Tx, actor: Actor, childId: string): Promise<Met> {
  if (actor.kind !== 'staff' || !isId(childId)) throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const { facts, capacities, protection } = await capacitiesOf(deps, tx, actor, childId);
  if (capacities.length === 0 || protection === undefined) throw new AppError('NOT_FOUND');
  return { actor, capacities, protection, reads: [readOfCase(actor, facts, capacities[0]!, childId)] };
}

/** That somebody who decides is told who has access to a child, and in what capacity: as the leader of a unit, or for all. */
export function readOfCase(
  actor: StaffActor,
  facts: AccessFacts,
  capacity: Capacity,
  childId: string,
): ChildRead {
  const leads = facts.roles.filter(({ role, groupId }) => role === 'LEADER' && groupId === null);
  const ground =
    capacity === 'LEADER_IN_CHARGE'
      ? groundOfCharge(actor, regardlessOfProtection({ ...facts, roles: leads }), childId)
      : undefined;
  return {
    childId,
    kind: 'ACCESS',
    unitId: ground?.unitId ?? null,
    role: ground?.role ?? capacity,
    rule: capacity === 'PROTECTION_OFFICER' ? 'ADR-04' : 'GUA-05',
  };
}

/** In what capacities a member of staff meets a child, if at all. */
export async function capacitiesOf(
  deps: Deps,
  tx: Tx,
  actor: StaffActor,
  childId: string,
): Promise<{
  readonly facts: AccessFacts;
  readonly capacities: readonly Capacity[];
  readonly protection: Protection | undefined;
}> {
  const facts = await loadAccessFacts(tx, actor, today(deps), { childIds: [childId] });
  const decider = await deciders.load(tx, actor.personId, [childId]);
  return {
    facts,
    capacities: capacitiesFor(actor, facts, decider, childId),
    protection: decider.cases.find((one) => one.childId === childId)?.protection,
  };
}

/** Meets what concerns the municipality as a whole. */
export async function meetMunicipality(deps: Deps, tx: Tx, actor: Actor): Promise<Met> {
  if (actor.kind !== 'staff') throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const capacities = await capacitiesOfAll(deps, tx, actor);
  if (capacities.length === 0) throw new AppError('NOT_FOUND');
  return { actor, capacities, protection: 'NONE', reads: [] };
}

/** In what capacities a member of staff meets what is about no child. */
export async function capacitiesOfAll(deps: Deps, tx: Tx, actor: StaffActor): Promise<readonly Capacity[]> {
  return capacitiesInMunicipality(actor, await deciders.load(tx, actor.personId, []), today(deps));
}

/** Meets what concerns a unit, as its leader. */
export async function meetUnit(deps: Deps, tx: Tx, actor: Actor, unitId: string): Promise<Met> {
  if (actor.kind !== 'staff' || !isId(unitId)) throw new AppError('NOT_FOUND');
  await takeTurn(tx);
  const facts = await loadAccessFacts(tx, actor, today(deps));
  const capacities = capacitiesAtUnit(actor, facts, unitId);
  if (capacities.length === 0) throw new AppError('NOT_FOUND');
  return { actor, capacities, protection: 'NONE', reads: [] };
}
