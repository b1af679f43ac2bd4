import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { schoolStart } from './child-place.ts';

/** How long before it a place is given its end: families see it, and the seat can be somebody else's from that day. */
const monthsAhead = 3;
/** Care after school is for the first four grades; whoever was given a place when they were older has it for a need of their own, through the seventh (SFO-02). */
const grades = { usual: 4, withNeed: 7 } as const;

/** A place without an end, with what is known of the child. */
export interface EndlessPlace {
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly from: LocalDate;
  readonly born: LocalDate;
  /** That the child begins school a year later. */
  readonly isDeferred: boolean;
}

/** The first day on which a place is over because of the child's age, where nobody gives it up before (BHG-14, SFO-02). */
export function endByAge({ care, from, born, isDeferred }: EndlessPlace, yearBegins: string): LocalDate {
  const begins = schoolStart(born, { isDeferred, yearBegins });
  if (care === 'KINDERGARTEN') return begins;
  const after = (years: number): LocalDate => addMonths(begins, 12 * years);
  return from < after(grades.usual) ? after(grades.usual) : after(grades.withNeed);
}

/** The end that a place is to be given today; null while it is far away, and where the day is past: then people have let it go on. */
export function dueEnd(place: EndlessPlace, today: LocalDate, yearBegins: string): LocalDate | null {
  const end = endByAge(place, yearBegins);
  return place.from < end && today < end && end <= addMonths(today, monthsAhead) ? end : null;
}
