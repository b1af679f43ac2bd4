import type { Tx } from '@ranselpost/kit/database';
import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Proposal } from '../domain/proposals.ts';
import * as localRoles from '../store/local-roles.ts';
import * as municipalRoles from '../store/municipal-roles.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { type Met, meetMunicipality, meetUnit } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toRolesFacts } from './tell-places.ts';
import { toRoleEndKept } from './tell-safeguards.ts';

export type EndRoleRefusal = { readonly kind: 'role-ended' | 'role-of-roster' };

/** Ends a role today: one for the municipality, or one that a leader gave. One person is enough to take it away. */
export function endRole(
  deps: Deps,
  actor: Actor,
  roleId: string,
  asked: Asked,
): Promise<Result<Proposal, EndRoleRefusal | ProposeRefusal>> {
  if (!isId(roleId)) throw new AppError('NOT_FOUND');
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetRole(deps, tx, actor, roleId),
    (event, by) => prepareEnding(event, roleId, by.actor),
  );
}

async function meetRole(deps: Deps, tx: Tx, actor: Actor, roleId: string): Promise<Met> {
  if ((await municipalRoles.load(tx, roleId)) !== undefined) return meetMunicipality(deps, tx, actor);
  const local = await localRoles.load(tx, roleId);
  if (local === undefined) throw new AppError('NOT_FOUND');
  return meetUnit(deps, tx, actor, local.unitId);
}

async function prepareEnding(
  deps: EventDeps,
  roleId: string,
  actor: StaffActor,
): Promise<Result<Prepared, EndRoleRefusal>> {
  const { db } = deps;
  const day = today(deps);
  const municipal = await municipalRoles.load(db, roleId);
  const local = municipal === undefined ? await localRoles.load(db, roleId) : undefined;
  const role = municipal ?? local;
  if (role === undefined) throw new AppError('NOT_FOUND');
  if (local?.isLocal === false) return refuse({ kind: 'role-of-roster' });
  if (role.to !== null && role.to <= day) return refuse({ kind: 'role-ended' });
  const { personId } = role;
  return accept({
    subject: { kind: 'END_ROLE', personId, roleId, unitId: local?.unitId ?? null },
    apply: async () => {
      if (municipal === undefined) await localRoles.end(db, roleId, day);
      else await municipalRoles.end(db, roleId, day, actor.personId);
      await tellAll(db, [
        ...(await toRolesFacts(deps, [personId])),
        ...(municipal === undefined
          ? []
          : [await toRoleEndKept(deps, roleId, { to: day, endedBy: actor.personId })]),
      ]);
    },
  });
}
