import { weekdayOf } from '../../words/dates.ts';
import type { TodayChild } from './use-today.ts';

type Unit = TodayChild['enrolments'][number]['unit'];
type Absence = NonNullable<TodayChild['absences']>['nodes'][number];
type Stay = NonNullable<TodayChild['stays']>[number];

export interface UnitDay {
  readonly unit: Pick<Unit, 'id' | 'name' | 'kind' | 'features'>;
  readonly groups: readonly string[];
  /** Null where nobody could say. */
  readonly isOpen: boolean | null;
  readonly absence: Absence | undefined;
  /** When the child goes home, and how, where that was agreed on. */
  readonly stay: Stay | undefined;
}

/** Where a child belongs on a day, with what has been said of it there. A unit stands once, in the order of the graph. */
export function dayOfChild(child: TodayChild, day: string): readonly UnitDay[] {
  const belongs = child.enrolments.filter(({ from, to }) => from <= day && (to === null || day < to));
  const units = [...new Map(belongs.map(({ unit }) => [unit.id, unit])).values()];
  return units.map((unit) => ({
    unit,
    groups: belongs
      .filter((one) => one.unit.id === unit.id)
      .flatMap(({ groups }) => groups.map(({ name }) => name)),
    isOpen: unit.openDays === null ? null : unit.openDays.includes(day),
    absence: child.absences?.nodes.find((one) => one.day === day && one.unit?.id === unit.id),
    stay: stayOn(child.stays ?? [], unit.id, day),
  }));
}

/** What was said of one day stands in the place of what holds each week. */
const stayOn = (stays: readonly Stay[], unitId: string, day: string): Stay | undefined => {
  const here = stays.filter(({ unit }) => unit.id === unitId);
  return here.find((stay) => stay.day === day) ?? here.find(({ weekday }) => weekday === weekdayOf(day));
};

export const isWholeDay = ({ arrivesAt, leavesAt }: Absence): boolean =>
  arrivesAt === null && leavesAt === null;

/** Whether absence can be reported to a unit here, or has to be some other way. */
export const takesReports = ({ features }: Pick<Unit, 'features'>): boolean =>
  !features.some(({ feature, state }) => feature === 'ABSENCE' && state !== 'OPEN');

/** The units that a child can be reported away from on a day: open, or nobody could say, and not reported for the whole day yet. */
export const reportable = (days: readonly UnitDay[]): readonly UnitDay[] =>
  days.filter(
    ({ unit, isOpen, absence }) =>
      takesReports(unit) && isOpen !== false && (absence === undefined || !isWholeDay(absence)),
  );
