import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isReadableAt } from '@ranselpost/kit/pure/features';
import { maySeeList, maySeePool } from '../domain/offer-policy.ts';
import * as pools from '../store/pools.ts';
import * as waiting from '../store/waiting.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { nextOf, standingOf } from './make-offer.ts';

export type { ListedChild } from '../store/waiting.ts';

/** A pool with how many of its seats are taken or offered. */
export interface ShownPool extends pools.Pool {
  readonly committed: number;
}

/** Pools of a unit, of one year or all of them, latest first; null where whoever asks sees none of it, `hidden` while nobody does (S-26). */
export const readUnitPools = (
  deps: Deps,
  actor: Actor,
  unitId: string,
  admissionYear: number | null,
): Promise<readonly ShownPool[] | 'hidden' | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly ShownPool[] | 'hidden' | null>> => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    if (!maySeePool(actor, facts, { unitId })) return aboutNobody(null);
    if (!isReadableAt(await loadFeature(tx, 'PLACEMENT', facts, [unitId]), unitId))
      return aboutNobody('hidden');
    const found = await pools.ofUnits(tx, [unitId], admissionYear);
    const committed = await pools.committed(
      tx,
      found.map(({ id }) => id),
    );
    return aboutNobody(found.map((pool) => ({ ...pool, committed: committed.get(pool.id) ?? 0 })));
  });

/** Some pools by id, as far as the actor may see them. */
export const readPools = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownPool>> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    const found = (await pools.byIds(tx, ids)).filter((pool) => maySeePool(actor, facts, pool));
    const committed = await pools.committed(
      tx,
      found.map(({ id }) => id),
    );
    return aboutNobody(
      new Map(found.map((pool) => [pool.id, { ...pool, committed: committed.get(pool.id) ?? 0 }])),
    );
  });

export interface ListWanted {
  readonly first: number;
  /** The number on the list after which to go on; 0 for its beginning. */
  readonly after: number;
}

/** Who is on a page of a pool's list, in order and one more where there is more, and who is next for a vacant seat. */
export interface PoolList {
  readonly listed: readonly waiting.ListedChild[];
  /** The application; null where nobody is next, and where it is for somebody else to see to who is. */
  readonly next: string | null;
}

/** The list of a pool, for case workers alone (BHG-20); children whom they do not meet are not on it for them. Those on the page are read (S-11). */
export const readPoolList = (
  deps: Deps,
  actor: Actor,
  poolId: string,
  { first, after }: ListWanted,
): Promise<PoolList | 'hidden' | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<PoolList | 'hidden' | null>> => {
    const nobody = await loadApplicationFacts(tx, actor, [], deps.now());
    if (!maySeeList(actor, nobody)) return aboutNobody(null);
    const [pool] = await pools.byIds(tx, [poolId]);
    if (pool === undefined) return aboutNobody(null);
    if (!isReadableAt(await loadFeature(tx, 'PLACEMENT', nobody, [pool.unitId]), pool.unitId))
      return aboutNobody('hidden');
    const all = await waiting.ofPool(tx, poolId);
    const facts = await loadApplicationFacts(
      tx,
      actor,
      all.map(({ childId }) => childId),
      deps.now(),
    );
    const listed = all.filter(
      ({ childId }) => !facts.keptApart.includes(childId) && !facts.ownChildIds.includes(childId),
    );
    const turn = nextOf(await standingOf(tx, pool, await waiting.turnsOf(tx, poolId)), poolId);
    const next = listed.some(({ applicationId }) => applicationId === turn) ? turn : null;
    const page = listed.filter(({ position }) => position > after);
    const reads = page.slice(0, first).map(({ childId }) => ({
      ...{ childId, kind: 'PLACEMENT' as const, unitId: null, role: 'CASE_WORKER', rule: 'S-02' },
    }));
    return about(reads, { listed: page.slice(0, first + 1), next });
  });
