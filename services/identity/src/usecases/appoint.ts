import { tellAll } from '@ranselpost/kit/outbox';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type MunicipalRole,
  type Period,
  appointable,
  appointmentFrom,
  overlap,
} from '../domain/municipal-roles.ts';
import * as logins from '../store/logins.ts';
import * as municipalRoles from '../store/municipal-roles.ts';
import { takeTurn } from '../store/turn.ts';
import { type Deps, today } from './deps.ts';
import { toRolesFacts } from './tell-places.ts';

export type AppointmentRefusal = { readonly kind: 'role-not-appointable' | 'login-unknown' | 'role-held' };

/** The operator makes somebody one of those who make others. Nobody gets to see a child by it (security § 2). */
export function appoint(
  deps: Pick<Deps, 'db' | 'newId' | 'now'>,
  login: string,
  role: MunicipalRole,
): Promise<Result<Period & { readonly personId: string }, AppointmentRefusal>> {
  return deps.db.asService(async (tx) => {
    await takeTurn(tx);
    if (!appointable.includes(role)) return refuse({ kind: 'role-not-appointable' });
    const personId = await logins.personOf(tx, login);
    if (personId === undefined) return refuse({ kind: 'login-unknown' });
    const period = appointmentFrom(today(deps));
    const held = await municipalRoles.of(tx, [personId]);
    if (held.some((one) => one.role === role && overlap(one, period))) return refuse({ kind: 'role-held' });
    await municipalRoles.insert(tx, { roleId: deps.newId(), personId, role, ...period, decisionId: null });
    await tellAll(tx, await toRolesFacts({ ...deps, db: tx }, [personId]));
    return accept({ personId, ...period });
  });
}
