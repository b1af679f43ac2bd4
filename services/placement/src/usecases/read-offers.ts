import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { isReadableAt } from '@ranselpost/kit/pure/features';
import { type Answer as OfferAnswer, answersOf } from '../domain/offer.ts';
import { type OfferSight, maySeePlaceAt, offerSightOf } from '../domain/offer-policy.ts';
import { isCaseWorker, isLeaderOf } from '../domain/policy.ts';
import * as offers from '../store/offers.ts';
import type { StoredOffer } from '../store/offers.ts';
import * as places from '../store/places.ts';
import type { StoredPlace } from '../store/places.ts';
import * as waiting from '../store/waiting.ts';
import { type LoadedFacts, loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

/** An offer as somebody may see it. */
export interface ShownOffer extends Omit<StoredOffer, 'madeBy' | 'reason' | 'endedBy' | 'runId'> {
  /** What whoever asks may answer now. */
  readonly answers: readonly OfferAnswer['cmd'][];
}

export type ShownPlace = StoredPlace;
export type ShownWait = waiting.WaitingEntry;

/** What a child is offered, has and waits for. */
export interface ChildStanding {
  readonly offers: readonly ShownOffer[];
  readonly places: readonly ShownPlace[];
  readonly waiting: readonly ShownWait[];
}

/** What staff read of a child, for the access log; guardians read of their own (S-11). */
export const readOf = (childId: string, sight: OfferSight): readonly ChildRead[] =>
  sight === 'GUARDIAN'
    ? []
    : [
        {
          ...{ childId, kind: 'PLACEMENT', unitId: null, role: sight },
          rule: sight === 'PROTECTION_OFFICER' ? 'ADR-04' : 'S-02',
        },
      ];

/** What children are offered, have and wait for; null where whoever asks sees none of it, `hidden` while nobody does (S-26). */
export const readChildStandings = (
  deps: Deps,
  actor: Actor,
  childIds: readonly string[],
): Promise<readonly (ChildStanding | 'hidden' | null)[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly (ChildStanding | 'hidden' | null)[]>> => {
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    const reads: ChildRead[] = [];
    const answers: (ChildStanding | 'hidden' | null)[] = [];
    for (const childId of childIds) {
      const sight = offerSightOf(actor, facts, childId);
      if (sight === null) answers.push(null);
      else if (await offers.isAnyHidden(tx, childId)) answers.push('hidden');
      else {
        reads.push(...readOf(childId, sight));
        answers.push({
          offers: await toShown(deps, tx, sight, await offers.ofChildren(tx, [childId])),
          places: await places.ofChildren(tx, [childId]),
          waiting: await waiting.ofChildren(tx, [childId]),
        });
      }
    }
    return about(reads, answers);
  });

/** Offers by id, as far as the actor may see them. */
export const readOffers = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownOffer>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await offers.byIds(tx, ids);
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), deps.now());
    const shown = new Map<string, ShownOffer>();
    const reads: ChildRead[] = [];
    for (const offer of found) {
      const sight = offerSightOf(actor, facts, offer.childId);
      if (sight === null) continue;
      reads.push(...readOf(offer.childId, sight));
      for (const one of await toShown(deps, tx, sight, [offer])) shown.set(one.id, one);
    }
    return about(reads, shown);
  });

const childrenOf = (found: readonly { readonly childId: string }[]): readonly string[] => [
  ...new Set(found.map(({ childId }) => childId)),
];

/** With what may be answered; when it was answered is told as far as the row of it may be read (ADR-11). */
async function toShown(
  deps: Deps,
  tx: Tx,
  sight: OfferSight,
  found: readonly StoredOffer[],
): Promise<readonly ShownOffer[]> {
  const now = deps.now().getTime();
  const wishes = Map.groupBy(
    await waiting.ofApplications(
      tx,
      found.map(({ applicationId }) => applicationId),
    ),
    ({ applicationId }) => applicationId,
  );
  return found.map(({ madeBy: _by, reason: _reason, endedBy: _endedBy, runId: _run, ...offer }) => ({
    ...offer,
    answers:
      sight === 'GUARDIAN'
        ? answersOf(
            { pool: offer.poolId, deadline: offer.deadline.getTime(), state: offer.state },
            (wishes.get(offer.applicationId) ?? []).map(({ poolId }) => poolId),
            { now, keepsWaiting: offer.keepsWaiting },
          )
        : [],
  }));
}

/** Places by id, as far as the actor may see them. */
export const readPlaces = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredPlace>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await places.byIds(tx, ids);
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), deps.now());
    const seen = seenPlaces(actor, facts, found);
    return about(
      seen.flatMap(({ reads }) => reads),
      new Map(seen.map(({ place }) => [place.id, place])),
    );
  });

export interface UnitPlacesWanted {
  readonly unitId: string;
  readonly first: number;
  readonly after: { readonly from: LocalDate; readonly id: string } | null;
}

/** Who has a place at a unit and who comes: for case workers, and for its leader without children whom few may know of. */
export const readUnitPlaces = (
  deps: Deps,
  actor: Actor,
  wanted: UnitPlacesWanted,
): Promise<readonly StoredPlace[] | 'hidden' | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly StoredPlace[] | 'hidden' | null>> => {
    const { unitId } = wanted;
    const now = deps.now();
    const nobody = await loadApplicationFacts(tx, actor, [], now);
    if (!isCaseWorker(actor, nobody) && !isLeaderOf(actor, nobody, unitId)) return aboutNobody(null);
    if (!isReadableAt(await loadFeature(tx, 'PLACEMENT', nobody, [unitId]), unitId))
      return aboutNobody('hidden');
    const found = await places.atUnit(tx, { ...wanted, day: localDateAt(now) });
    const facts = await loadApplicationFacts(tx, actor, childrenOf(found), now);
    const seen = seenPlaces(actor, facts, found);
    return about(
      seen.flatMap(({ reads }) => reads),
      seen.map(({ place }) => place),
    );
  });

function seenPlaces(
  actor: Actor,
  facts: LoadedFacts,
  found: readonly StoredPlace[],
): readonly { readonly place: StoredPlace; readonly reads: readonly ChildRead[] }[] {
  return found.flatMap((place) => {
    const { childId, unitId } = place;
    const sight = offerSightOf(actor, facts, childId);
    if (sight !== null) return [{ place, reads: readOf(childId, sight) }];
    if (!maySeePlaceAt(actor, facts, place)) return [];
    return [
      { place, reads: [{ childId, kind: 'PLACEMENT' as const, unitId, role: 'LEADER', rule: 'S-02' }] },
    ];
  });
}
