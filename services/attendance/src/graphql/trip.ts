import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ChildTrip, Trip, UnitTrip } from '../domain/trip.ts';
import { callOffTrip as callOff, planTrip as plan } from '../usecases/plan-trip.ts';
import { readUnitTrips } from '../usecases/read-trips.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  ChildResolvers,
  ChildTrip as ChildTripShown,
  MutationResolvers,
  Trip as TripShown,
  UnitResolvers,
  UnitTrip as UnitTripShown,
} from './generated/types.ts';
import { said } from './refusal-texts.ts';

export const toShownTrip = ({ tripId: id, firstDay, leavesAt, lastDay, returnsAt }: Trip): TripShown => ({
  ...{ id, firstDay, leavesAt, lastDay, returnsAt },
});
const toUnitTrip = ({ childIds, staffIds, ...trip }: UnitTrip): UnitTripShown => ({
  trip: toShownTrip(trip),
  ...{ children: childIds.map((id) => ({ id })), staff: staffIds.map((id) => ({ id })) },
});
const toChildTrip = ({ firstDay, leavesAt, lastDay, returnsAt }: ChildTrip): ChildTripShown => ({
  ...{ firstDay, leavesAt, lastDay, returnsAt },
});

const childrenMost = 200;
const staffMost = 50;

/** Each once; what is no id names nobody. */
function idsOf(ids: readonly string[], most: number): readonly string[] {
  if (ids.length > most) throw new AppError('BAD_USER_INPUT', 'too many at once');
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

const planTrip: NonNullable<MutationResolvers<Context>['planTrip']> = async (
  _parent,
  { input: { id, unitId, childIds, staffIds, ...times } },
  { deps, actor },
) => {
  if (!isId(id) || childIds.length === 0)
    throw new AppError('BAD_USER_INPUT', 'a trip has an id and children');
  if (!isId(unitId)) throw new AppError('NOT_FOUND');
  const result = await plan(deps, actor, {
    ...{ tripId: id.toLowerCase(), unitId, ...times },
    ...{ childIds: idsOf(childIds, childrenMost), staffIds: idsOf(staffIds ?? [], staffMost) },
  });
  if (result.ok) return { __typename: 'TripPlanned', planned: toUnitTrip(result.value) };
  if (result.refusal.kind === 'feature-closed') return toFeatureClosed(result.refusal);
  return { __typename: 'TripRefused', ...said('TRIP_TIMES_WRONG') };
};

const callOffTrip: NonNullable<MutationResolvers<Context>['callOffTrip']> = async (
  _parent,
  { input: { tripId, childIds } },
  { deps, actor },
) => {
  if (!isId(tripId)) throw new AppError('NOT_FOUND');
  const wanted = childIds == null ? null : idsOf(childIds, childrenMost);
  const result = await callOff(deps, actor, tripId, wanted);
  if (!result.ok) return toFeatureClosed(result.refusal);
  return { __typename: 'TripCalledOff', children: result.value.map(({ childId: id }) => ({ id })) };
};

export const tripChanges = { planTrip, callOffTrip };

export const tripsOfUnit: Required<Pick<UnitResolvers<Context>, 'trips'>> = {
  trips: async ({ id }, { day }, { deps, actor }) => {
    const found = isId(id) ? await readUnitTrips(deps, actor, id, day) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(toUnitTrip);
  },
};

export const tripsOfChild: Required<Pick<ChildResolvers<Context>, 'trips'>> = {
  trips: async ({ id }, _args, { childTrips }) => {
    const found = isId(id) ? await childTrips.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return found.map(toChildTrip);
  },
};
