import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isWithin } from '@ranselpost/kit/pure/dates';
import { isId } from '@ranselpost/kit/pure/ids';
import { capacitiesAtUnit, capacitiesInMunicipality } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as deciders from '../store/deciders.ts';
import * as localRoles from '../store/local-roles.ts';
import * as municipalRoles from '../store/municipal-roles.ts';
import { type Deps, today } from './deps.ts';

export type MunicipalRoleView = municipalRoles.HeldRole;
export type SubstituteView = localRoles.SubstituteRole;

/** The roles that the actor holds today for the municipality. A guardian's session has none (GUA-24). */
export function readOwnMunicipalRoles(deps: Deps, actor: Actor): Promise<readonly MunicipalRoleView[]> {
  return deps.db.asActor(actor, async (tx) => {
    const roles = actor.kind === 'staff' ? await municipalRoles.of(tx, [actor.personId]) : [];
    const day = today(deps);
    return aboutNobody(
      roles.filter(({ from, to }) => isWithin(day, from, to)).map((role) => ({ ...role, login: null })),
    );
  });
}

/** Who holds what for the municipality, one more than wanted when there is more; null for whoever gives no roles. */
export function readMunicipalRoles(
  deps: Deps,
  actor: Actor,
  page: { readonly after: string | null; readonly first: number },
): Promise<readonly MunicipalRoleView[] | null> {
  return deps.db.asActor(actor, async (tx) => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const day = today(deps);
    const held = capacitiesInMunicipality(actor, await deciders.load(tx, actor.personId, []), day);
    const mayGive = held.some((one) => one === 'MUNICIPAL_ADMINISTRATOR' || one === 'PRIVACY_OFFICER');
    return aboutNobody(mayGive ? await municipalRoles.current(tx, { today: day, ...page }) : null);
  });
}

/** Who stands in at some units, for those of them that the actor leads. */
export function readSubstitutes(
  deps: Deps,
  actor: Actor,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SubstituteView[]>> {
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const led = unitIds.filter(isId).filter((id) => capacitiesAtUnit(actor, facts, id).length > 0);
    const found = await localRoles.substitutesAt(tx, led, facts.today);
    return aboutNobody(Map.groupBy(found, ({ unitId }) => unitId));
  });
}
