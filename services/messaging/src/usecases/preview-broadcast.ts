import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { type Audience, confirmationOf, differsFromUsual, needsConfirmation } from '../domain/broadcast.ts';
import { mayBroadcast } from '../domain/broadcast-policy.ts';
import { type Place, placeKey, placesOf } from '../domain/place.ts';
import * as broadcasts from '../store/broadcasts.ts';
import type { Deps } from './deps.ts';

export interface Preview {
  readonly count: number;
  readonly places: readonly (Place & { readonly count: number })[];
  readonly differsFromUsual: boolean;
  readonly needsConfirmation: boolean;
  readonly confirmation: string;
}

/** Says to how many a broadcast would go now, before anything is sent (M10, MSG-07). */
export function previewBroadcast(deps: Deps, actor: Actor, given: Audience): Promise<Preview> {
  const audience = { ...given, places: placesOf(given.places) };
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    mayBroadcast(actor, facts, audience.places);
    const { all, at } = await broadcasts.countGuardians(tx, audience);
    return aboutNobody({
      count: all,
      places: audience.places.map((place) => ({ ...place, count: at.get(placeKey(place)) ?? 0 })),
      differsFromUsual: differsFromUsual(audience, await broadcasts.usualPlaces(tx, actor.personId)),
      needsConfirmation: needsConfirmation(audience, all),
      confirmation: confirmationOf(audience, all),
    });
  });
}
