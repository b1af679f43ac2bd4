import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Period, decideSubstitute, overlap } from '../domain/municipal-roles.ts';
import type { Proposal } from '../domain/proposals.ts';
import type { StaffRoleKind } from '../domain/staff-roles.ts';
import * as deciders from '../store/deciders.ts';
import * as localRoles from '../store/local-roles.ts';
import * as logins from '../store/logins.ts';
import type { AssignmentRefusal } from './assign-role.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { meetUnit } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toRolesFacts } from './tell-places.ts';

export interface SubstituteWish extends Period {
  readonly login: string;
  readonly role: StaffRoleKind;
  readonly unitId: string;
  readonly groupId: string | null;
}

/** A leader lets somebody stand in at their unit, for some days. It ends by itself, and no roster ends it sooner. */
export function assignSubstitute(
  deps: Deps,
  actor: Actor,
  wish: SubstituteWish,
  asked: Asked,
): Promise<Result<Proposal, AssignmentRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetUnit(deps, tx, actor, wish.unitId),
    (event, by) => prepareSubstitute(event, wish, by.actor),
  );
}

async function prepareSubstitute(
  deps: EventDeps,
  wish: SubstituteWish,
  actor: StaffActor,
): Promise<Result<Prepared, AssignmentRefusal>> {
  const { db } = deps;
  const { login, role, unitId, groupId, from, to } = wish;
  const personId = await logins.personOf(db, login);
  if (personId === undefined) return refuse({ kind: 'login-unknown' });
  const unitKind =
    groupId === null || isId(groupId) ? await localRoles.placeOf(db, unitId, groupId) : undefined;
  if (unitKind === undefined) return refuse({ kind: 'role-not-of-unit' });
  const decision = decideSubstitute(
    role,
    { from, to },
    { unitKind, isInGroup: groupId !== null },
    { today: today(deps), isOwn: await deciders.areSame(db, actor.personId, personId) },
  );
  if (!decision.ok) return decision;
  const held = await localRoles.ofPersonAt(db, personId, unitId);
  if (held.some((one) => one.role === role && one.groupId === groupId && overlap(one, wish)))
    return refuse({ kind: 'role-held' });
  const given = { personId, role, unitId, groupId, from, to };
  return accept({
    subject: { kind: 'ASSIGN_SUBSTITUTE', login, ...given },
    apply: async () => {
      await localRoles.insert(db, { ...given, roleId: deps.newId() }, actor.personId);
      await tellAll(db, await toRolesFacts(deps, [personId]));
    },
  });
}
