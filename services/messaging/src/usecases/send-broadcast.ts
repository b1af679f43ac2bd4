import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Broadcast, type Refusal, type Wish, decideBroadcast, isSameWish } from '../domain/broadcast.ts';
import { nobodyHasConsented } from '../domain/bulletin-file.ts';
import { mayBroadcast, maySayUrgent } from '../domain/broadcast-policy.ts';
import { placesOf, unitsOf } from '../domain/place.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import * as attachments from '../store/attachments.ts';
import * as audiences from '../store/audience.ts';
import * as broadcasts from '../store/broadcasts.ts';
import { attachAllToBulletin } from './attach.ts';
import type { Deps } from './deps.ts';

export interface KeyedWish extends Wish {
  /** The author's own key: the same broadcast under the same key is the same broadcast. */
  readonly idempotencyKey: string;
}

/** Stores a broadcast that waits until it is due. Nobody is its recipient and nobody is told before (MSG-07). */
export const sendBroadcast = (
  deps: Deps,
  actor: Actor,
  given: KeyedWish,
): Promise<Result<Broadcast, Refusal>> =>
  twice(() =>
    deps.db.asActor(actor, async (tx) => aboutNobody(await takeInBroadcast(deps, tx, actor, given))),
  );

/** Stores a broadcast that waits until it is due, in the transaction given. */
export async function takeInBroadcast(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  given: KeyedWish,
): Promise<Result<Broadcast, Refusal>> {
  const wish = { ...given, places: placesOf(given.places) };
  const now = deps.now();
  const facts = await loadAccessFacts(tx, actor, [], localDateAt(now));
  mayBroadcast(actor, facts, wish.places);
  const unitIds = unitsOf(wish.places);
  // Before the key: whatever took the files along under it is found by the key then (S-22).
  const attached = await attachments.byIds(
    tx,
    wish.files.map(({ id }) => id),
  );
  const known = async (): Promise<Result<Broadcast, Refusal> | null> => {
    const standing = await broadcasts.underKey(tx, actor.personId, wish.idempotencyKey);
    if (standing === null) return null;
    if (!isSameWish(standing, wish)) throw new AppError('BAD_USER_INPUT', 'the key names another broadcast');
    return accept(standing);
  };
  const standing = await known();
  if (standing !== null) return standing;
  const decision = decideBroadcast(wish, {
    now,
    features: await loadFeature(tx, 'MESSAGING', facts, unitIds),
    guardLevel: guardLevelAt(await audiences.kindsOf(tx, unitIds), deps.guardLevels),
    maySayUrgent: maySayUrgent(actor, facts, wish.places),
    files: attached,
    ...{ by: actor, consenting: nobodyHasConsented },
    count: (await broadcasts.countGuardians(tx, wish)).all,
  });
  if (!decision.ok) return decision;
  const { places, isStarting, urgentReason, idempotencyKey } = wish;
  const stored = {
    ...{ id: deps.newId(), unitId: places[0]!.unitId, authorId: actor.personId, writtenAt: now },
    ...{ places, isStarting, urgentReason, idempotencyKey },
    ...{ text: decision.value.text, dueAt: decision.value.dueAt },
  };
  if (!(await broadcasts.insert(tx, stored))) {
    const other = await known();
    if (other === null) throw new AppError('CONFLICT', 'a broadcast stands that cannot be shown');
    return other;
  }
  await attachAllToBulletin(tx, { kind: 'BROADCAST', id: stored.id }, decision.value.files);
  return accept({
    ...stored,
    ...{
      state: 'WAITING',
      sentAt: null,
      withdrawnAt: null,
      recipientCount: null,
      receivedBy: null,
      readAt: null,
    },
  });
}
