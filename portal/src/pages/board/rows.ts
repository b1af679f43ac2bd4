import type { BoardState, DayBoardQuery, MarkStanding } from '../../graph/generated/operations.ts';
import { timeAt } from '../../words/dates.ts';

type Node = NonNullable<NonNullable<DayBoardQuery['unit']>['dayBoard']>['nodes'][number];
export type Slot = Node['slots'][number];

/** A child on the board, whatever it is called there. */
export interface Row extends Omit<Node, 'child'> {
  readonly childId: string;
  readonly called: string;
}

/** A mark that was made here, and is perhaps not with the municipality yet. It names nobody: a child is an id. */
export interface OwnMark {
  readonly id: string;
  readonly unitId: string;
  readonly childId: string;
  readonly day: string;
  readonly lessonId: string | null;
  readonly standing: MarkStanding;
  readonly came: string | null;
  readonly went: string | null;
  readonly knew: string | null;
  readonly settles: readonly string[];
  readonly madeAt: string;
}

/** A row as it is shown: with what was marked here since it was read. */
export interface Shown {
  readonly row: Row;
  readonly slot: Slot | undefined;
  readonly state: BoardState;
  readonly isHere: boolean;
  readonly came: string | null;
  readonly went: string | null;
  /** The mark that stands, as far as is known here. */
  readonly knew: string | null;
  readonly isUnsent: boolean;
}

export const isSchool = (kind: string): boolean => kind === 'SCHOOL';

/** When the lessons of a board begin, in the order of the day; none where a day is marked as a whole. */
export const lessonsOf = (rows: readonly Row[]): readonly string[] =>
  [...new Set(rows.flatMap(({ slots }) => slots.flatMap(({ lesson }) => lesson?.starts ?? [])))].toSorted();

/** The lesson that is on, or else the one that was last; before the first, the first. */
export const lessonAt = (lessons: readonly string[], now: Date): string | null =>
  lessons.findLast((starts) => starts.slice(0, 5) <= timeAt(now)) ?? lessons[0] ?? null;

/** What of a child's day is marked: its lesson that begins then, or the day. */
const slotOf = ({ slots }: Row, lesson: string | null): Slot | undefined =>
  slots.find((slot) => slot.lesson === null || slot.lesson.starts === lesson);

const stateOfSlot = (slot: Slot, row: Row): BoardState => {
  if (slot.lesson === null) return row.state;
  switch (slot.state) {
    case 'PRESENT':
    case 'ELSEWHERE':
    case 'ABSENT_REPORTED':
    case 'ABSENT_UNREPORTED':
      return slot.state;
    case 'LEAVE':
      return 'ABSENT_REPORTED';
    // Both are said of what was seen, and of what was said beforehand.
    case 'LATE':
    case 'LEFT_EARLY':
      return slot.mark === null ? 'NOT_YET_KNOWN' : 'PRESENT';
    case 'EXPECTED':
    case 'CLOSED':
      return 'NOT_YET_KNOWN';
  }
};

/** In kindergarten and after-school care nobody is away without leave, so that everybody who is away is away as reported (ABS-16). */
const stateOfOwn = (standing: MarkStanding, before: BoardState, kind: string): BoardState =>
  standing !== 'ABSENT'
    ? standing
    : !isSchool(kind) || before === 'ABSENT_REPORTED'
      ? 'ABSENT_REPORTED'
      : 'ABSENT_UNREPORTED';

/** The rows with what was marked here since they were read laid over them, in the order of names. */
export function shownRows(
  rows: readonly Row[],
  own: readonly OwnMark[],
  { kind, lesson }: { readonly kind: string; readonly lesson: string | null },
): readonly Shown[] {
  const last = new Map(own.map((mark) => [`${mark.childId} ${mark.lessonId ?? ''}`, mark]));
  return rows
    .map((row): Shown => {
      const slot = slotOf(row, lesson);
      const read = slot === undefined ? row.state : stateOfSlot(slot, row);
      const mark = last.get(`${row.childId} ${slot?.lesson?.id ?? ''}`);
      const standing = { row, slot };
      if (mark === undefined)
        return {
          ...standing,
          ...{ state: read, isHere: row.isHere, came: row.came, went: row.went, isUnsent: false },
          knew: slot?.mark?.id ?? null,
        };
      return {
        ...standing,
        state: stateOfOwn(mark.standing, read, kind),
        isHere: mark.standing === 'PRESENT' && mark.went === null,
        ...{ came: mark.came, went: mark.went, knew: mark.id, isUnsent: true },
      };
    })
    .toSorted((one, other) => one.row.called.localeCompare(other.row.called, 'nb'));
}

/** What rows are chosen by, that which wants somebody first. */
export const views = [
  'ABSENT_UNREPORTED',
  'NOT_YET_KNOWN',
  'HERE',
  'ABSENT_REPORTED',
  'ELSEWHERE',
  'GONE',
  'DOUBT',
] as const;
export type View = (typeof views)[number];

export const isInView = ({ state, isHere, went, slot }: Shown, view: View): boolean => {
  switch (view) {
    case 'HERE':
      return state === 'PRESENT' && isHere;
    case 'GONE':
      return state === 'PRESENT' && went !== null && !isHere;
    case 'DOUBT':
      return (slot?.inDoubt.length ?? 0) > 0;
    default:
      return state === view;
  }
};

export const countOf = (rows: readonly Shown[], view: View): number =>
  rows.reduce((count, row) => count + (isInView(row, view) ? 1 : 0), 0);

export type Act = 'present' | 'absent' | 'in' | 'out';

/** What can be said of a child with one tap, the likeliest first. */
export function actsOf({ state, isHere, went }: Shown, kind: string): readonly Act[] {
  if (isSchool(kind)) return ['present', 'absent'];
  if (state === 'PRESENT' && isHere) return ['out'];
  if (state === 'PRESENT' && went !== null) return ['in'];
  return state === 'NOT_YET_KNOWN' ? ['in', 'absent'] : ['in'];
}

export const isDone = ({ state }: Shown, act: Act): boolean =>
  (act === 'present' && state === 'PRESENT') ||
  (act === 'absent' && (state === 'ABSENT_REPORTED' || state === 'ABSENT_UNREPORTED'));

/** Where, for which day, when and under which id a mark is made. */
interface Made {
  readonly unitId: string;
  readonly day: string;
  readonly now: Date;
  readonly id: string;
}

export const madeNow = (unitId: string, day: string): Made => ({
  ...{ unitId, day },
  ...{ now: new Date(), id: crypto.randomUUID() },
});

/** The mark that an act makes: it says the whole of the lesson or the day, and which mark its author saw before. */
export function markOf({ row, slot, came, knew }: Shown, act: Act, { unitId, day, now, id }: Made): OwnMark {
  const clock = timeAt(now);
  const times = {
    present: { came: null, went: null },
    absent: { came: null, went: null },
    in: { came: came ?? clock, went: null },
    out: { came: came === null || came > clock ? null : came, went: clock },
  }[act];
  return {
    ...{ id, unitId, day, knew, ...times },
    childId: row.childId,
    lessonId: slot?.lesson?.id ?? null,
    standing: act === 'absent' ? 'ABSENT' : 'PRESENT',
    settles: (slot?.inDoubt ?? []).map((one) => one.id),
    madeAt: now.toISOString(),
  };
}

/** What was said in a mark, of the two or more that do not agree, said again: it settles the others. */
export const settlingMark = (
  shown: Shown,
  truth: Pick<OwnMark, 'standing' | 'came' | 'went'>,
  made: Made,
): OwnMark => ({
  ...markOf(shown, 'present', made),
  ...{ standing: truth.standing, came: truth.came, went: truth.went },
});
