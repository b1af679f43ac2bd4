import { about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { areShownAt, mayListUnit } from '../domain/policy.ts';
import { isGuardianIn, maySeeMarks } from '../domain/register-policy.ts';
import type { ChildTrip, UnitTrip } from '../domain/trip.ts';
import * as trips from '../store/trips.ts';
import type { Deps } from './deps.ts';

/** The trips of a unit on a day; null where there is no such unit for the actor. */
export const readUnitTrips = (deps: Deps, actor: Actor, unitId: string, day: LocalDate) =>
  deps.db.asActor<readonly UnitTrip[] | 'hidden' | null>(actor, async (tx) => {
    const found = await trips.ofUnit(tx, unitId, day);
    const childIds = found.map(({ childId }) => childId);
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const nothing = readsOf('ABSENCE', actor, facts, []);
    if (!mayListUnit(actor, facts, unitId)) return about(nothing, null);
    if (!areShownAt(await loadFeature(tx, 'ABSENCE', facts, [unitId]), [unitId]))
      return about(nothing, 'hidden');
    const seen = found.filter(({ childId }) => maySeeMarks(actor, facts, unitId, childId));
    const staff = await trips.staffOf(tx, [...new Set(seen.map(({ tripId }) => tripId))]);
    const shown = [...Map.groupBy(seen, ({ tripId }) => tripId).values()].map((of): UnitTrip => {
      const { childId: _childId, ...trip } = of[0]!;
      return { ...trip, childIds: of.map(({ childId }) => childId), staffIds: staff.get(trip.tripId) ?? [] };
    });
    return about(readsOf('ABSENCE', actor, facts, seen), shown);
  });

/** The trips that children are on, or will be, for their guardians; null for everybody else. */
export const readChildTrips = (deps: Deps, actor: Actor, childIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly ChildTrip[] | 'hidden' | null)[]>(actor, async (tx) => {
    const today = localDateAt(deps.now());
    const facts = await loadAccessFacts(tx, actor, childIds, today);
    const found = await trips.ofChildren(tx, childIds, today);
    const units = facts.enrolments.map(({ unitId }) => unitId);
    const features = await loadFeature(tx, 'ABSENCE', facts, units);
    const shown = childIds.map((childId) => {
      if (!isGuardianIn(actor, facts, childId)) return null;
      const own = facts.enrolments.filter((place) => place.childId === childId).map(({ unitId }) => unitId);
      return areShownAt(features, own) ? found.filter((trip) => trip.childId === childId) : 'hidden';
    });
    return about(readsOf('ABSENCE', actor, facts, []), shown);
  });
