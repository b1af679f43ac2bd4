import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { type Feature, neverStated } from '@ranselpost/kit/pure/features';
import { isId } from '@ranselpost/kit/pure/ids';
import { features } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { mayOverseeFeatures } from '../domain/feature-policy.ts';
import { mayReadUnit } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as acts from '../store/feature-acts.ts';
import * as contacts from '../store/unit-contacts.ts';
import * as unitFeatures from '../store/unit-features.ts';
import { type Deps, today } from './deps.ts';
import type { ActView } from './direct-feature.ts';
import { openTexts } from './keep-text.ts';
import { directorFacts, knowsEveryUnit } from './meet-director.ts';

export type { ReachView } from '../store/unit-contacts.ts';

/** How a feature stands at a unit. */
export interface FeatureView extends unitFeatures.FeatureOfUnit {
  readonly unitId: string;
}

/** How each feature stands at those of the units that the actor may know of. */
export const readUnitFeatures = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly FeatureView[]>> =>
  readOfUnits(deps, actor, ids, async (tx, seen) => {
    const found = await unitFeatures.standings(tx, seen);
    return new Map(
      [...found].map(([unitId, stated]) => [
        unitId,
        features.map((feature) => toView(unitId, feature, stated)),
      ]),
    );
  });

/** How to reach the offices of those of the units that the actor may know of. */
export const readUnitContacts = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, contacts.ReachView>> => readOfUnits(deps, actor, ids, contacts.of);

async function readOfUnits<Value>(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
  read: (tx: Tx, seen: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<ReadonlyMap<string, Value>> {
  if (!isPerson(actor)) return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const knowsAll = await knowsEveryUnit(deps, tx, actor);
    const seen = ids.filter((id) => isId(id) && (knowsAll || mayReadUnit(actor, facts, id).isPermitted));
    return aboutNobody(await read(tx, seen));
  });
}

/** How a feature stands at every unit after a place in their order: one more than wanted, when there are more. */
export const readFeatureAtUnits = (
  deps: Deps,
  actor: Actor,
  {
    feature,
    after,
    first,
  }: { readonly feature: Feature; readonly after: string | null; readonly first: number },
): Promise<readonly FeatureView[]> =>
  oversee(deps, actor, async (tx) =>
    (await unitFeatures.page(tx, after, first + 1)).map(({ unitId, standings }) =>
      toView(unitId, feature, standings),
    ),
  );

/** What was stated of features, newest first: one more than wanted, when there are more. */
export const readFeatureActs = (
  deps: Deps,
  actor: Actor,
  wanted: { readonly feature: Feature | null; readonly before: string | null; readonly first: number },
): Promise<readonly ActView[]> =>
  oversee(deps, actor, async (tx) => {
    const found = await acts.newest(tx, { ...wanted, most: wanted.first + 1 });
    const reasons = await openTexts(
      { ...deps, db: tx },
      found.flatMap(({ reasonId }) => reasonId ?? []),
    );
    return found.map((act) => ({ ...act, reason: reasons.get(act.reasonId ?? '') ?? null }));
  });

const oversee = <Value>(deps: Deps, actor: Actor, read: (tx: Tx) => Promise<Value>): Promise<Value> =>
  deps.db.asActor(actor, async (tx) => {
    mayOverseeFeatures(actor, await directorFacts(deps, tx, actor));
    return aboutNobody(await read(tx));
  });

const toView = (
  unitId: string,
  feature: Feature,
  standings: readonly unitFeatures.FeatureOfUnit[],
): FeatureView => ({
  ...(standings.find((standing) => standing.feature === feature) ?? {
    ...neverStated,
    feature,
    notice: null,
  }),
  unitId,
});
