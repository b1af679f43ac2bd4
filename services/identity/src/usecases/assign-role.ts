import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type MunicipalRole,
  type Period,
  type RoleRefusal,
  decideRole,
  overlap,
} from '../domain/municipal-roles.ts';
import { type ProposalRefusal, mayPropose } from '../domain/decisions.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as deciders from '../store/deciders.ts';
import * as logins from '../store/logins.ts';
import * as municipalRoles from '../store/municipal-roles.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { meetMunicipality } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toRolesFacts } from './tell-places.ts';

export interface RoleWish extends Period {
  readonly login: string;
  readonly role: MunicipalRole;
}

export type AssignmentRefusal = RoleRefusal | { readonly kind: 'login-unknown' | 'role-held' };

/** Proposes that somebody is to be something for the whole municipality, for a time (security § 2). Another decides. */
export function assignRole(
  deps: Deps,
  actor: Actor,
  wish: RoleWish,
  asked: Asked,
): Promise<Result<Proposal, AssignmentRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetMunicipality(deps, tx, actor),
    async (event, by): Promise<Result<Prepared, AssignmentRefusal | ProposalRefusal>> => {
      // Only whoever gives roles learns which logins there are.
      if (!mayPropose('ASSIGN_MUNICIPAL_ROLE', by.capacities)) return refuse({ kind: 'not-yours-to-decide' });
      const personId = await logins.personOf(event.db, wish.login);
      return personId === undefined
        ? refuse({ kind: 'login-unknown' })
        : prepareRole(event, { ...wish, personId }, by);
    },
  );
}

export async function prepareRole(
  deps: EventDeps,
  wish: RoleWish & { readonly personId: string },
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, AssignmentRefusal>> {
  const { personId, login, role, from, to } = wish;
  const isOwn = await deciders.areSame(deps.db, actor.personId, personId);
  const decision = decideRole(role, { from, to }, { today: today(deps), isOwn });
  if (!decision.ok) return decision;
  const held = await municipalRoles.of(deps.db, [personId]);
  if (held.some((one) => one.role === role && overlap(one, wish))) return refuse({ kind: 'role-held' });
  return accept({
    subject: { kind: 'ASSIGN_ROLE', personId, login, role, from, to },
    apply: async () => {
      await municipalRoles.insert(deps.db, { roleId: deps.newId(), personId, role, from, to, decisionId });
      await tellAll(deps.db, await toRolesFacts(deps, [personId]));
    },
  });
}
