import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tellAll } from '@ranselpost/kit/outbox';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { isWithin, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { daysFrom } from '../domain/calendar.ts';
import { mayMark } from '../domain/register-policy.ts';
import { type ChildTrip, type Trip, type TripRefusal, type UnitTrip, decideTrip } from '../domain/trip.ts';
import * as trips from '../store/trips.ts';
import type { Deps } from './deps.ts';
import { daysChanged } from './tell-day-changed.ts';

/**
 * Plans a trip of some children, whom whoever plans it marks at the unit, in one act (T27). One who is no child of the unit's on all of the
 * days is nobody, as one who is in others' charge (S-06). Under the same id once more, others may come along; what is planned stays (S-22).
 */
export const planTrip = (deps: Deps, actor: Actor, wanted: UnitTrip) =>
  deps.db.asActor<Result<UnitTrip, TripRefusal | FeatureClosed>>(actor, async (tx) => {
    const { unitId, childIds, staffIds } = wanted;
    const now = deps.now();
    const today = localDateAt(now);
    const facts = await loadAccessFacts(tx, actor, childIds, today);
    if (!childIds.every((childId) => mayMark(actor, facts, unitId, childId))) throw new AppError('NOT_FOUND');
    const seats = childIds.map((childId) => ({ childId, unitId }));
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [unitId]), unitId);
    if (!feature.ok) return about(readsOf('ABSENCE', actor, facts, seats), feature);
    const decision = decideTrip(wanted, now);
    if (!decision.ok) return about(readsOf('ABSENCE', actor, facts, seats), decision);
    const isThere = (childId: string, day: string): boolean =>
      facts.enrolments.some(
        (place) =>
          place.childId === childId && place.unitId === unitId && isWithin(day, place.from, place.to),
      );
    const days = daysFrom(wanted.firstDay, wanted.lastDay);
    if (!childIds.every((childId) => days.every((day) => isThere(childId, day))))
      throw new AppError('NOT_FOUND');
    if (!isPerson(actor) || !(await trips.areStaffAt(tx, wanted, staffIds))) throw new AppError('NOT_FOUND');
    if (!(await trips.insert(tx, wanted, actor.personId)))
      throw new AppError('BAD_USER_INPUT', 'another trip has this id');
    await tellDays(tx, wanted, childIds, today);
    const on = (await trips.byId(tx, wanted.tripId)).filter(
      ({ childId, isOff }) => !isOff && childIds.includes(childId),
    );
    const along = (await trips.staffOf(tx, [wanted.tripId])).get(wanted.tripId) ?? [];
    const planned = { ...wanted, childIds: on.map(({ childId }) => childId), staffIds: along };
    return about(readsOf('ABSENCE', actor, facts, seats), accept(planned));
  });

/** Calls a trip off for some of its children, or all whom the actor marks. Answers for whom it is off; once more, for the same. */
export const callOffTrip = (deps: Deps, actor: Actor, tripId: string, wanted: readonly string[] | null) =>
  deps.db.asActor<Result<readonly ChildTrip[], FeatureClosed>>(actor, async (tx) => {
    const found = await trips.byId(tx, tripId);
    const now = deps.now();
    const today = localDateAt(now);
    const childrenOn = found.map(({ childId }) => childId);
    const facts = await loadAccessFacts(tx, actor, childrenOn, today);
    const isMeant = ({ childId }: ChildTrip): boolean => wanted === null || wanted.includes(childId);
    const mine = found.filter((one) => isMeant(one) && mayMark(actor, facts, one.unitId, one.childId));
    const [trip] = mine;
    if (trip === undefined) throw new AppError('NOT_FOUND');
    const reads = readsOf('ABSENCE', actor, facts, mine);
    const feature = requireFeature(await loadFeature(tx, 'ABSENCE', facts, [trip.unitId]), trip.unitId);
    if (!feature.ok) return about(reads, feature);
    const childIds = mine.filter(({ isOff }) => !isOff).map(({ childId }) => childId);
    await trips.callOff(tx, tripId, childIds, now);
    await tellDays(tx, trip, childIds, today);
    return about(reads, accept(mine));
  });

async function tellDays(tx: Tx, trip: Trip, childIds: readonly string[], today: string): Promise<void> {
  const { unitId } = trip;
  const days = daysFrom(trip.firstDay, trip.lastDay);
  const changed = days.flatMap((day) => childIds.map((childId) => ({ childId, unitId, day })));
  await tellAll(tx, await daysChanged(tx, changed, today));
}
