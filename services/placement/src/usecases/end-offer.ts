import type { Tx } from '@ranselpost/kit/database';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { standingBy } from '../domain/application.ts';
import type { Ended } from '../domain/offer.ts';
import * as offerTerms from '../store/offer-terms.ts';
import * as offers from '../store/offers.ts';
import type { StoredOffer } from '../store/offers.ts';
import * as places from '../store/places.ts';
import * as pools from '../store/pools.ts';
import * as waiting from '../store/waiting.ts';
import { endBefore } from './begin-offers.ts';
import type { Deps } from './deps.ts';

const because = {
  ...{ accepted: 'ACCEPTED', 'accepted-keep': 'ACCEPTED' },
  ...{ declined: 'DECLINED', expired: 'EXPIRED', withdrawn: 'DECLINED' },
} as const satisfies Record<Ended['state'], waiting.EndedBecause>;

/**
 * As the service, in the transaction in which an offer ends: the seat is the child's or it is free, in the same instant in which the seat
 * of an earlier place is; what the child waits for no more is ended (placement § 8). Answers the place, where there is one now.
 */
export async function carryOutEnding(
  tx: Tx,
  deps: Pick<Deps, 'newUntimedId'>,
  offer: StoredOffer,
  { state, isPlaced, stays }: Ended,
  now: Date,
): Promise<void> {
  const { childId, care } = offer;
  if (isPlaced) await takePlace(tx, deps, offer, now);
  else await pools.letGoOfOffer(tx, offer.id);
  const entries = (await waiting.ofChildren(tx, [childId])).filter(
    (one) => one.care === care && one.isActive,
  );
  const ended = entries.filter(({ poolId }) => !stays(poolId)).map(({ poolId }) => poolId);
  await waiting.endEntries(tx, offer, ended, because[state]);
  await restate(tx, childId, localDateAt(now));
}

async function takePlace(
  tx: Tx,
  deps: Pick<Deps, 'newUntimedId'>,
  offer: StoredOffer,
  now: Date,
): Promise<void> {
  const today = localDateAt(now);
  const { childId, care, poolId, unitId, seatNumber, applicationId, weeklyHours } = offer;
  const from = offer.startsOn > today ? offer.startsOn : today;
  await endBefore(tx, [{ childId, care, from }], now);
  const id = deps.newUntimedId();
  await places.insert(tx, [
    {
      ...{ id, childId, care, poolId, unitId, seatNumber, applicationId, from, to: null, weeklyHours },
      offerId: offer.id,
      madeAt: now,
      source: 'OFFER',
    },
  ]);
  await pools.holdByPlace(tx, offer.id, id);
}

/** As the service: how a child's applications stand by what it has, is offered and waits for. */
export async function restate(tx: Tx, childId: string, today: LocalDate): Promise<void> {
  const entries = await waiting.ofChildren(tx, [childId]);
  const [made, had] = [await offers.ofChildren(tx, [childId]), await places.ofChildren(tx, [childId])];
  const ids = new Set([...entries, ...made, ...had].flatMap(({ applicationId }) => applicationId ?? []));
  const isOf =
    (id: string) =>
    ({ applicationId }: { readonly applicationId: string | null }): boolean =>
      applicationId === id;
  await offerTerms.setStates(
    tx,
    [...ids].map((id) => ({
      id,
      state: standingBy({
        hasPlace: had.some((one) => isOf(id)(one) && one.isHeld && (one.to === null || one.to > today)),
        hasOffer: made.some((one) => isOf(id)(one) && one.state === 'sent'),
        waits: entries.some((one) => isOf(id)(one) && one.isActive),
      }),
    })),
  );
}
