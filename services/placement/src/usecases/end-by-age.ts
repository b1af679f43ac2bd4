import { addMonths, localDateAt } from '@ranselpost/kit/pure/dates';
import { dueEnd } from '../domain/school-start.ts';
import { isCopyFresh } from '../store/copy.ts';
import { lockChild } from '../store/offer-locks.ts';
import * as places from '../store/places.ts';
import * as pools from '../store/pools.ts';
import * as schoolStarts from '../store/school-starts.ts';
import type { AgeingPlace } from '../store/school-starts.ts';
import type { TimerDeps } from './deps.ts';
import { restate } from './end-offer.ts';
import { tellFamily } from './tell-families.ts';

/** Nobody younger begins school within the time that ends are looked for. */
const monthsOfTheYoungest = 12 * 5;

/**
 * Gives places their end where the child begins school, or is too old for care after it (BHG-14, SFO-02): each in a transaction of its own, so that
 * none is ended twice and what was killed goes on. While it cannot be known whom to tell, none is ended. Answers whether there were any.
 */
export async function endPlacesByAge(deps: TimerDeps): Promise<boolean> {
  const today = localDateAt(deps.now());
  const due = await deps.db.asService(async (tx) =>
    (await isCopyFresh(tx, deps.maxStaleness))
      ? (await schoolStarts.endless(tx, addMonths(today, -monthsOfTheYoungest))).filter(
          (place) => dueEnd(place, today, deps.yearBegins) !== null,
        )
      : [],
  );
  for (const place of due) await endByAge(deps, place);
  return due.length > 0;
}

const endByAge = (deps: TimerDeps, { placeId, childId }: AgeingPlace): Promise<void> =>
  deps.db.asService(async (tx) => {
    await lockChild(tx, childId);
    const now = deps.now();
    const [place, known] = [await places.byId(tx, placeId), await schoolStarts.ofChild(tx, childId)];
    if (place === undefined || place.to !== null || known === null) return;
    const endsOn = dueEnd({ ...place, ...known }, localDateAt(now), deps.yearBegins);
    if (endsOn === null) return;
    await pools.letGoOfPlaces(tx, [placeId]);
    await places.end(tx, [{ id: placeId, to: endsOn }], now);
    await schoolStarts.insertEnding(tx, { placeId, childId }, endsOn, now);
    await restate(tx, childId, localDateAt(now));
    await tellFamily(tx, deps, { childId, subjectId: placeId });
  });
