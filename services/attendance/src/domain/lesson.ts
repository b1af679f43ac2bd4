import { type LocalDate, isWithin, weekdayOf } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Hours } from './day-state.ts';

/** A lesson that comes again each week. */
export interface WeeklyLesson extends Hours {
  /** From 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  /** Its code in the national register of curricula; null where nobody has said so. Needed for absence by subject alone (ABS-19). */
  readonly subject: string | null;
}

export interface Lesson extends WeeklyLesson {
  readonly id: string;
  readonly unitId: string;
  readonly groupId: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** The week of a group from a day on. */
export interface Timetable {
  readonly unitId: string;
  readonly groupId: string;
  readonly from: LocalDate;
  readonly lessons: readonly WeeklyLesson[];
}

export type TimetableRefusal =
  FeatureClosed | { readonly kind: 'day-past' } | { readonly kind: 'overlapping' };

/** What is to be changed: lessons that end on the timetable's first day, and those that begin on it. */
export interface TimetableChange {
  readonly ending: readonly string[];
  readonly beginning: readonly WeeklyLesson[];
}

const keyOf = ({ weekday, starts, ends, subject }: WeeklyLesson): string =>
  `${weekday} ${starts} ${ends} ${subject}`;

/**
 * A timetable holds from a day on, and never changes what has been marked already. What stays as it was is left alone, so that the
 * same timetable again changes nothing (S-22).
 */
export function decideTimetable(
  { unitId, from, lessons }: Timetable,
  known: {
    readonly today: LocalDate;
    readonly features: FeatureStandings;
    readonly lessons: readonly Lesson[];
  },
): Result<TimetableChange, TimetableRefusal> {
  const isOpen = requireFeature(known.features, unitId);
  if (!isOpen.ok) return isOpen;
  if (from < known.today) return refuse({ kind: 'day-past' });
  const inOrder = lessons.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const areApart = inOrder.every(
    ({ weekday, starts, ends }, index) =>
      starts < ends && (inOrder[index - 1]?.weekday !== weekday || inOrder[index - 1]!.ends <= starts),
  );
  if (!areApart) return refuse({ kind: 'overlapping' });
  const held = known.lessons.filter(
    ({ from: first, to }) => (to === null || to > from) && (to === null || to > first),
  );
  const staying = held.filter(
    (lesson) =>
      lesson.to === null && lesson.from <= from && inOrder.some((one) => keyOf(one) === keyOf(lesson)),
  );
  return accept({
    ending: held.filter((lesson) => !staying.includes(lesson)).map(({ id }) => id),
    beginning: inOrder.filter((one) => !staying.some((lesson) => keyOf(lesson) === keyOf(one))),
  });
}

/** The lessons that some groups have on a day, in the order of the day. */
export const lessonsOn = (
  lessons: readonly Lesson[],
  groupIds: readonly string[],
  day: LocalDate,
): readonly Lesson[] => {
  const weekday = weekdayOf(day);
  return lessons
    .filter(
      (lesson) =>
        groupIds.includes(lesson.groupId) &&
        lesson.weekday === weekday &&
        isWithin(day, lesson.from, lesson.to),
    )
    .toSorted((one, other) => (one.starts < other.starts ? -1 : 1));
};
