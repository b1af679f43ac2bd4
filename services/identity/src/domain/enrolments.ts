import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';

/** A child's place at a unit, or in one of its groups, by a roster. `groupId` null is the place at the unit itself. */
export interface Place {
  readonly unitId: string;
  readonly groupId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** A period at a unit in which the groups stay the same. */
export interface Period {
  readonly unitId: string;
  readonly groupIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export interface KnownEnrolment extends Period {
  readonly enrolmentId: string;
}

/** A period of days, open where it says nothing. */
export interface Bounds {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** A place counts only while the group it is in does. */
export const within = (place: Bounds, group: Bounds): Bounds => ({
  from: later(place.from, group.from),
  to: earlier(place.to, group.to),
});

const later = (one: LocalDate | null, other: LocalDate | null): LocalDate | null =>
  one === null || (other !== null && other > one) ? other : one;
const earlier = (one: LocalDate | null, other: LocalDate | null): LocalDate | null =>
  one === null || (other !== null && other < one) ? other : one;

/**
 * Since when a place counts that a roster gives no first day: since the child is known to have had it without a gap, or
 * from today. So the same roster tomorrow changes nothing, and nobody is given a past that nobody stated.
 */
export function heldSince(
  known: readonly KnownEnrolment[],
  { unitId, groupId }: Pick<Place, 'unitId' | 'groupId'>,
  today: LocalDate,
): LocalDate {
  const held = known
    .filter((one) => one.unitId === unitId && (groupId === null || one.groupIds.includes(groupId)))
    .toSorted((one, other) => (one.from < other.from ? 1 : -1));
  const now = held.find(({ from, to }) => from <= today && (to === null || today < to));
  return held.reduce(
    (since, { from, to }) => (to !== null && to >= since && from < since ? from : since),
    now?.from ?? today,
  );
}

const endless = '9999-12-31';

/**
 * Cuts a child's places into periods, so that a group's teacher has the child in charge from the day it joins the group
 * and not from the day it came to the school. A place in a group counts only while there is a place at its unit.
 */
export function toPeriods(places: readonly Place[]): readonly Period[] {
  const units = [...new Set(places.map(({ unitId }) => unitId))].toSorted();
  return units.flatMap((unitId) => {
    const here = places
      .map((place) => ({ ...place, to: place.to ?? endless }))
      .filter((place) => place.unitId === unitId && place.from < place.to);
    const days = [...new Set(here.flatMap(({ from, to }) => [from, to]))].toSorted();
    const pieces = days.slice(0, -1).flatMap((from, at) => {
      const now = here.filter((place) => place.from <= from && from < place.to);
      if (!now.some(({ groupId }) => groupId === null)) return [];
      const groupIds = [...new Set(now.flatMap(({ groupId }) => groupId ?? []))].toSorted();
      return [{ unitId, groupIds, from, to: days[at + 1]! }];
    });
    return joinUp(pieces).map((piece) => ({ ...piece, to: piece.to === endless ? null : piece.to }));
  });
}

/** Neighbours with the same groups are one period. */
function joinUp<Piece extends Period>(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.reduce<readonly Piece[]>((joined, piece) => {
    const last = joined.at(-1);
    return last !== undefined && last.to === piece.from && sameGroups(last, piece)
      ? [...joined.slice(0, -1), { ...last, to: piece.to }]
      : [...joined, piece];
  }, []);
}

/**
 * What a roster's places change in what is known. The days it gives count, past ones too; what it does not have any more
 * ends today, and what was known until then stays: the past is not written anew. A period keeps its id as long as it
 * starts on the same day.
 */
export function decideEnrolments(
  known: readonly KnownEnrolment[],
  stated: readonly Place[],
  today: LocalDate,
  newId: () => string,
): readonly KnownEnrolment[] {
  const periods = toPeriods([...stated, ...keptOf(known, stated, today)]);
  const same = (one: Period, other: Period) => one.unitId === other.unitId && one.from === other.from;
  const changed = periods.flatMap((period): KnownEnrolment[] => {
    const before = known.find((enrolment) => same(enrolment, period));
    if (before === undefined) return [{ ...period, enrolmentId: newId() }];
    const after = { ...period, enrolmentId: before.enrolmentId };
    return before.to === after.to && sameGroups(before, after) ? [] : [after];
  });
  // Every day of these that counts is in another period now.
  const emptied = known
    .filter((one) => one.to !== one.from && !periods.some((period) => same(period, one)))
    .map((one) => ({ ...one, to: one.from }));
  return [...emptied, ...changed];
}

/** Of the places that are known, what a roster leaves standing: the days before today that it says nothing else of. */
function keptOf(
  known: readonly KnownEnrolment[],
  stated: readonly Place[],
  today: LocalDate,
): readonly Place[] {
  const places = known.flatMap(({ unitId, groupIds, from, to }) =>
    [null, ...groupIds].map((groupId) => ({ unitId, groupId, from, to: to ?? endless })),
  );
  return [...Map.groupBy(places, placeOf).entries()].flatMap(([at, pieces]) => {
    const next = stated.filter((place) => placeOf(place) === at && place.from < (place.to ?? endless));
    return joinDays(pieces).map((kept) => {
      // Where the roster speaks of the same stay, its days take the place of those that were known.
      const first = next
        .filter(({ from, to }) => from <= kept.to && kept.from <= (to ?? endless))
        .map(({ from }) => from)
        .toSorted()[0];
      return { ...kept, to: [kept.to, today, first ?? today].toSorted()[0]! };
    });
  });
}

const placeOf = ({ unitId, groupId }: Place): string => `${unitId} ${groupId}`;

/** Stays without a gap between them are one. */
function joinDays<Piece extends { readonly from: LocalDate; readonly to: LocalDate }>(
  pieces: readonly Piece[],
): readonly Piece[] {
  return pieces
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
    .reduce<readonly Piece[]>((joined, piece) => {
      const last = joined.at(-1);
      if (last === undefined || last.to < piece.from) return [...joined, piece];
      return [...joined.slice(0, -1), { ...last, to: last.to > piece.to ? last.to : piece.to }];
    }, []);
}

/** A period that ended a year ago or more tells nobody anything about access. */
export const stillMatters = ({ to }: Pick<Period, 'to'>, today: LocalDate): boolean =>
  to === null || to > addDays(today, -366);

const sameGroups = (one: Period, other: Period): boolean =>
  one.groupIds.length === other.groupIds.length && one.groupIds.every((id) => other.groupIds.includes(id));
