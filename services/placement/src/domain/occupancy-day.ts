import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { isWithinCapacity } from './publishing.ts';
import { groupOn } from './right-to-place.ts';
import type { SeatGroup } from './seat-decision.ts';

/** Children at a unit on a day who have as much in common as counts here. */
export interface CountedChildren {
  readonly unitId: string;
  readonly day: LocalDate;
  /** Null where nobody has told when they were born. */
  readonly bornYear: number | null;
  /** In which group they were given a place; null for whoever came before there were any places here. */
  readonly group: SeatGroup | null;
  readonly children: number;
}

/** Seats of a unit in a year. */
export interface YearSeats {
  readonly unitId: string;
  readonly admissionYear: number;
  readonly group: SeatGroup;
  readonly seats: number;
}

/** What was decided last of the room and staff of a unit for a year. */
export interface YearNorm {
  readonly unitId: string;
  readonly admissionYear: number;
  readonly area: number;
  readonly adults: number;
}

/** How a unit stands on a day (P27, BHG-25). */
export interface OccupancyDay {
  readonly unitId: string;
  readonly day: LocalDate;
  readonly groups: readonly {
    readonly group: SeatGroup;
    readonly children: number;
    /** Null where no seats are kept for the group in that year. */
    readonly seats: number | null;
  }[];
  readonly ofUnknownAge: number;
  /** Null where nobody has said what there is; so with the three that follow. */
  readonly area: number | null;
  readonly adults: number | null;
  readonly areaNeeded: number | null;
  readonly adultsNeeded: number | null;
  readonly isWithin: boolean | null;
}

export interface OccupancyFacts {
  readonly counted: readonly CountedChildren[];
  readonly seats: readonly YearSeats[];
  readonly norms: readonly YearNorm[];
}

const groups: readonly SeatGroup[] = ['small', 'large', 'sfo'];

/** Groups begin anew in August (placement § 1), whenever a unit begins its year. */
export const admissionYearOf = (day: LocalDate): number =>
  Number(day.slice(0, 4)) - (day.slice(5) >= '08-01' ? 0 : 1);

export const daysBetween = (from: LocalDate, to: LocalDate): readonly LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Of each unit that has children, seats or a norm, day by day; a child that turns three counts as large from August on (placement § 1). */
export function occupancyByDay(
  unitIds: readonly string[],
  days: readonly LocalDate[],
  { counted, seats, norms }: OccupancyFacts,
): readonly OccupancyDay[] {
  const countedAt = Map.groupBy(counted, ({ unitId, day }) => `${unitId} ${day}`);
  const seatsAt = Map.groupBy(seats, ({ unitId, admissionYear }) => `${unitId} ${admissionYear}`);
  const normsOf = Map.groupBy(norms, ({ unitId }) => unitId);
  return unitIds.flatMap((unitId) =>
    days.map((day) => {
      const year = admissionYearOf(day);
      // What was decided for an earlier year holds until somebody decides anew.
      const norm = (normsOf.get(unitId) ?? [])
        .filter(({ admissionYear }) => admissionYear <= year)
        .toSorted((one, other) => other.admissionYear - one.admissionYear)[0];
      return dayOf({ unitId, day }, countedAt.get(`${unitId} ${day}`) ?? [], {
        seats: seatsAt.get(`${unitId} ${year}`) ?? [],
        norm: norm ?? null,
      });
    }),
  );
}

function groupAt({ bornYear, group, day }: CountedChildren): SeatGroup | null {
  if (group === 'sfo') return group;
  // Which day of the year it was makes no difference to the group.
  return bornYear === null ? group : groupOn(`${bornYear}-01-01`, day);
}

function dayOf(
  { unitId, day }: Pick<OccupancyDay, 'unitId' | 'day'>,
  counted: readonly CountedChildren[],
  { seats, norm }: { readonly seats: readonly YearSeats[]; readonly norm: YearNorm | null },
): OccupancyDay {
  const count = (wanted: SeatGroup | null): number =>
    counted.filter((some) => groupAt(some) === wanted).reduce((sum, { children }) => sum + children, 0);
  const ofUnknownAge = count(null);
  // Whoever is of unknown age may need as much room as the smallest.
  const [small, large] = [count('small') + ofUnknownAge, count('large')];
  return {
    ...{ unitId, day, ofUnknownAge },
    groups: groups.flatMap((group) => {
      const ofGroup = seats.filter((one) => one.group === group);
      const children = count(group);
      if (ofGroup.length === 0 && children === 0) return [];
      const kept = ofGroup.reduce((sum, one) => sum + one.seats, 0);
      return [{ group, children, seats: ofGroup.length === 0 ? null : kept }];
    }),
    area: norm?.area ?? null,
    adults: norm?.adults ?? null,
    areaNeeded: norm === null ? null : (533 * small + 400 * large) / 100,
    adultsNeeded: norm === null ? null : Math.ceil(((2 * small + large) / 6) * 100) / 100,
    isWithin: norm === null ? null : isWithinCapacity(norm, { small, large }),
  };
}
