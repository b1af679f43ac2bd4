import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { isWithin } from '@ranselpost/kit/pure/dates';
import type { Seen } from './day-state.ts';
import { type Lesson, lessonsOn } from './lesson.ts';

/** The slot that is as long as the day; every other one is the id of a lesson. */
export const wholeDay = 'DAY';

/** What staff say they have seen of a child in a slot. */
export interface WantedMark extends Seen {
  /** Made where the mark was made: the same id is the same mark, however often it comes (S-22). */
  readonly id: string;
  readonly childId: string;
  readonly day: LocalDate;
  readonly slot: string;
  /** The mark that stood when this one was made, as far as its author knew. */
  readonly knew: string | null;
  /** Marks in doubt that this one settles. */
  readonly settles: readonly string[];
  /** When it was made, by the clock of where it was made. */
  readonly markedAt: Date;
}

export interface Mark extends Seen {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  readonly slot: string;
  /** The place among the marks of its slot. Null: in doubt, until another one settles it. */
  readonly nth: number | null;
  readonly settles: readonly string[];
  /** Not checked out, and closed at midnight (ABS-16). */
  readonly isByClock: boolean;
  /** Null: by the clock, or by somebody who has been erased. */
  readonly markedBy: string | null;
  readonly markedAt: Date;
  readonly takenAt: Date;
}

/** The marks of one slot, as they bear on each other. */
export interface SlotMarks {
  /** Those that count, from the first to the one that stands. */
  readonly chain: readonly Mark[];
  readonly standing: Mark | null;
  /** Those that staff have to settle. */
  readonly inDoubt: readonly Mark[];
}

/** Sorts the marks of one slot. */
export function slotMarksOf(marks: readonly Mark[]): SlotMarks {
  const chain = marks.filter(({ nth }) => nth !== null).toSorted((one, other) => one.nth! - other.nth!);
  const settled = new Set(chain.flatMap(({ settles }) => settles));
  return {
    chain,
    standing: chain.at(-1) ?? null,
    inDoubt: marks.filter(({ id, nth }) => nth === null && !settled.has(id)),
  };
}

const saysTheSame = (one: Seen, other: Seen): boolean =>
  one.standing === other.standing && one.came === other.came && one.went === other.went;

/**
 * When a mark was made, of which its device says when by a clock that may be wrong: by as much as that clock is off when the mark is
 * sent, it was off when it was made. Never later than now; what lies before all clocks is no time.
 */
export function instantOfMark(madeAt: Date | null, sentAt: Date | null, now: Date): Date {
  if (madeAt === null) return now;
  const ahead = sentAt === null ? 0 : sentAt.getTime() - now.getTime();
  const made = madeAt.getTime() - ahead;
  return made < 0 ? now : new Date(Math.min(now.getTime(), made));
}

/** Why a mark is not taken. Whoever has no charge of the child is told that there is none. */
export type MarkRefusal = 'CHILD_NOT_FOUND' | 'DAY_WRONG' | 'LESSON_WRONG' | 'TIMES_WRONG';

export type MarkDecision =
  /** Was taken before. */
  | { readonly kind: 'known'; readonly isInDoubt: boolean }
  | { readonly kind: 'taken'; readonly nth: number | null }
  | { readonly kind: 'refused'; readonly reason: MarkRefusal };

/** What is known of the child, the unit and the slot when a mark comes in. */
export interface KnownOfSlot {
  readonly today: LocalDate;
  readonly isInCharge: boolean;
  /** Where the child is at the unit, and in which groups. */
  readonly places: readonly {
    readonly groupIds: readonly string[];
    readonly from: LocalDate;
    readonly to: LocalDate | null;
  }[];
  readonly isOpenDay: boolean;
  readonly lessons: readonly Lesson[];
  readonly marks: readonly Mark[];
}

/**
 * A mark takes the place of the one that its author knew. Of two that did not know of each other and say something else, the
 * first stands, the other is kept beside it, and staff are asked; what was sent before is not taken again (T25, S-22).
 */
export function decideMark(wanted: WantedMark, known: KnownOfSlot): MarkDecision {
  if (!known.isInCharge) return refused('CHILD_NOT_FOUND');
  const before = known.marks.find(({ id }) => id === wanted.id);
  const { chain, standing, inDoubt } = slotMarksOf(known.marks);
  if (before !== undefined) return { kind: 'known', isInDoubt: inDoubt.includes(before) };
  const place = known.places.find(({ from, to }) => isWithin(wanted.day, from, to));
  if (place === undefined) return refused('CHILD_NOT_FOUND');
  if (wanted.day < firstDayToMark(known.today) || wanted.day > known.today || !known.isOpenDay)
    return refused('DAY_WRONG');
  const held = lessonsOn(known.lessons, place.groupIds, wanted.day);
  if (wanted.slot !== wholeDay && !held.some(({ id }) => id === wanted.slot)) return refused('LESSON_WRONG');
  if (!areTimesRight(wanted)) return refused('TIMES_WRONG');
  const seen = chain.find(({ id }) => id === wanted.knew);
  const isAware =
    standing === null || wanted.knew === standing.id || (seen !== undefined && saysTheSame(seen, standing));
  const isAgreed = standing !== null && saysTheSame(wanted, standing);
  return { kind: 'taken', nth: isAware || isAgreed ? (standing?.nth ?? 0) + 1 : null };
}

/** Marks are kept, and made, from the beginning of the last school year on. */
function firstDayToMark(today: LocalDate): LocalDate {
  const year = Number(today.slice(0, 4)) - (today.slice(5) < '08-01' ? 1 : 0);
  return `${year - 1}-08-01`;
}

const refused = (reason: MarkRefusal): MarkDecision => ({ kind: 'refused', reason });

const areTimesRight = ({ standing, came, went }: Seen): boolean =>
  standing === 'ABSENT' ? came === null && went === null : came === null || went === null || came <= went;
