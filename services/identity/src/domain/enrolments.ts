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
 * What a roster's periods change in what is known. A period keeps its id as long as it starts on the same day; what the
 * roster does not have any more ends and stays, unless it is over already: the past is not written anew.
 */
export function decideEnrolments(
  known: readonly KnownEnrolment[],
  periods: readonly Period[],
  today: LocalDate,
  newId: () => string,
): readonly KnownEnrolment[] {
  const same = (one: Period, other: Period) => one.unitId === other.unitId && one.from === other.from;
  const stated = periods.flatMap((period): KnownEnrolment[] => {
    const before = known.find((enrolment) => same(enrolment, period));
    if (before === undefined) return [{ ...period, enrolmentId: newId() }];
    const after = { ...period, enrolmentId: before.enrolmentId };
    return before.to === after.to && sameGroups(before, after) ? [] : [after];
  });
  const dropped = known
    .filter(
      (enrolment) =>
        !periods.some((period) => same(period, enrolment)) && (enrolment.to === null || enrolment.to > today),
    )
    .map((enrolment) => ({ ...enrolment, to: endOf(enrolment, periods, today) }))
    .filter(
      (enrolment) => enrolment.to !== known.find((one) => one.enrolmentId === enrolment.enrolmentId)?.to,
    );
  return [...dropped, ...stated];
}

/** Today, or earlier where another period of the same unit takes over; a period that never began ends as it would begin. */
function endOf(enrolment: Period, periods: readonly Period[], today: LocalDate): LocalDate {
  const successor = periods
    .filter(({ unitId, from }) => unitId === enrolment.unitId && from >= enrolment.from)
    .map(({ from }) => from)
    .toSorted()[0];
  const day = successor !== undefined && successor < today ? successor : today;
  return day < enrolment.from ? enrolment.from : day;
}

/** A period that ended a year ago or more tells nobody anything about access. */
export const stillMatters = ({ to }: Pick<Period, 'to'>, today: LocalDate): boolean =>
  to === null || to > addDays(today, -366);

const sameGroups = (one: Period, other: Period): boolean =>
  one.groupIds.length === other.groupIds.length && one.groupIds.every((id) => other.groupIds.includes(id));
