import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { rolesToday } from '@ranselpost/kit/pure/grounds';
import type { Broadcast } from '../domain/broadcast.ts';
import { maySeeBroadcast, maySeeSending } from '../domain/broadcast-policy.ts';
import * as broadcasts from '../store/broadcasts.ts';
import type { Deps } from './deps.ts';

/** A broadcast as somebody may see it; how its sending went, for whoever could have sent it. */
export interface ShownBroadcast extends Broadcast {
  readonly sending: { readonly readerCount: number | null } | null;
}

export interface PageWanted {
  readonly first: number;
  readonly after: broadcasts.ListPlace | null;
}

const personOf = (actor: Actor): string | null => (isPerson(actor) ? actor.personId : null);

async function load(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  found: readonly Broadcast[],
): Promise<{ facts: CopyFacts; features: FeatureStandings; receipts: FeatureStandings }> {
  const childIds = [...new Set(found.flatMap(({ receivedBy }) => receivedBy ?? []))];
  const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
  const unitIds = found.map(({ unitId }) => unitId);
  return {
    ...{ facts, features: await loadFeature(tx, 'MESSAGING', facts, unitIds) },
    receipts: await loadFeature(tx, 'READ_RECEIPTS', facts, unitIds),
  };
}

async function shown(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  found: readonly Broadcast[],
): Promise<ShownBroadcast[]> {
  const { facts, features, receipts } = await load(deps, tx, actor, found);
  const seen = found.filter((one) => maySeeBroadcast(actor, facts, features, one));
  const sendable = seen.filter((one) => maySeeSending(actor, facts, one));
  const counted = sendable.filter((one) => one.sentAt !== null && requireFeature(receipts, one.unitId).ok);
  const readers =
    counted.length === 0
      ? null
      : await broadcasts.countReaders(
          tx,
          counted.map(({ id }) => id),
        );
  return seen.map((one) => ({
    ...one,
    sending: sendable.includes(one)
      ? { readerCount: counted.includes(one) ? (readers?.get(one.id) ?? 0) : null }
      : null,
  }));
}

/** Which of some broadcasts the actor may read, in the transaction given. */
export async function seenBroadcasts(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Broadcast[]> {
  if (ids.length === 0) return [];
  const found = await broadcasts.byIds(tx, personOf(actor), ids);
  const { facts, features } = await load(deps, tx, actor, found);
  return found.filter((one) => maySeeBroadcast(actor, facts, features, one));
}

/** Broadcasts by id, those that the actor may read. */
export const readBroadcasts = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownBroadcast>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await broadcasts.byIds(tx, personOf(actor), ids);
    return aboutNobody(new Map((await shown(deps, tx, actor, found)).map((one) => [one.id, one])));
  });

/**
 * What a guardian has received, newest first, one more than wanted when there are more, and how much of it is unread. By
 * whom they are a guardian of no more they have received nothing: no row, no count (GUA-13, S-09).
 */
export const readReceived = (
  deps: Deps,
  actor: Actor,
  wanted: PageWanted,
): Promise<{ readonly list: readonly ShownBroadcast[]; readonly unread: number }> =>
  deps.db.asActor(actor, async (tx) => {
    if (actor.kind !== 'guardian') return aboutNobody({ list: [], unread: 0 });
    const list = await shown(deps, tx, actor, await broadcasts.received(tx, actor.personId, wanted));
    return aboutNobody({ list, unread: await broadcasts.countUnread(tx, actor.personId) });
  });

/** What a unit has said, for its staff; null where there is no such unit for the actor. */
export const readUnitBroadcasts = (
  deps: Deps,
  actor: Actor,
  { unitId, ...page }: PageWanted & { readonly unitId: string },
): Promise<readonly ShownBroadcast[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    if (!rolesToday(actor, facts).some((role) => role.unitId === unitId)) return aboutNobody(null);
    return aboutNobody(await shown(deps, tx, actor, await broadcasts.ofUnit(tx, unitId, page)));
  });

/** Notes that a recipient has opened a broadcast. Again changes nothing. */
export const markBroadcastRead = (deps: Deps, actor: Actor, id: string): Promise<ShownBroadcast> =>
  deps.db.asActor(actor, async (tx) => {
    const [found] = await shown(deps, tx, actor, await broadcasts.byIds(tx, personOf(actor), [id]));
    if (found === undefined || actor.kind !== 'guardian') throw new AppError('NOT_FOUND');
    if (found.readAt !== null) return aboutNobody(found);
    const readAt = deps.now();
    await broadcasts.markRead(tx, actor.personId, id, readAt);
    return aboutNobody({ ...found, readAt });
  });
