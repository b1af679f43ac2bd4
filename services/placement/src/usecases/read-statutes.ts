import { aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { isReadableAt } from '@ranselpost/kit/pure/features';
import { isPerson, mayReadStatutes } from '../domain/policy.ts';
import { type Statutes, isAdmitting } from '../domain/statutes.ts';
import * as statutes from '../store/statutes.ts';
import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';

/** All versions of units' statutes, latest first; null where there is no such unit for the actor. */
export const readStatutes = (deps: Deps, actor: Actor, unitIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly Statutes[] | 'hidden' | null)[]>(actor, async (tx) => {
    const facts = await loadFacts(tx, actor, [], localDateAt(deps.now()));
    const features = await loadFeature(tx, 'PLACEMENT', facts, unitIds);
    const kinds = await units.kinds(tx, unitIds);
    const found = Map.groupBy(await statutes.ofUnits(tx, unitIds), ({ unitId }) => unitId);
    return aboutNobody(
      unitIds.map((unitId) => {
        if (!kinds.has(unitId) || !mayReadStatutes(actor, facts, unitId)) return null;
        return isReadableAt(features, unitId) ? (found.get(unitId) ?? []) : 'hidden';
      }),
    );
  });

/** The statutes that are in force at units today: whoever is signed in may check by what children are admitted (BHG-08). */
export const readCriteria = (deps: Deps, actor: Actor, unitIds: readonly string[]) =>
  deps.db.asActor<readonly (Statutes | 'hidden' | null)[]>(actor, async (tx) => {
    if (!isPerson(actor)) return aboutNobody(unitIds.map(() => null));
    const facts = await loadFacts(tx, actor, [], localDateAt(deps.now()));
    const features = await loadFeature(tx, 'PLACEMENT', facts, unitIds);
    const found = await statutes.inForce(tx, unitIds, facts.today);
    return aboutNobody(
      unitIds.map((unitId) => {
        const criteria = found.find((one) => one.unitId === unitId) ?? null;
        return criteria === null || isReadableAt(features, unitId) ? criteria : 'hidden';
      }),
    );
  });

/** Whether children are admitted to a unit: no secret to whoever is signed in. */
export const isAdmissionUnit = (deps: Deps, actor: Actor, unitId: string): Promise<boolean> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(isPerson(actor) && isAdmitting((await units.kinds(tx, [unitId])).get(unitId))),
  );
