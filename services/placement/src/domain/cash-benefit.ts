import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** A child's place as it stood in a month, as far as it is known. */
export interface BenefitPlace {
  readonly placeId: string;
  readonly childId: string;
  readonly born: LocalDate | null;
  readonly unitId: string;
  /** Null: a full place. */
  readonly weeklyHours: number | null;
  readonly from: LocalDate;
  /** The day after the last. */
  readonly to: LocalDate | null;
}

/** What became of a place in a month. */
export type BenefitEvent = 'GOES_ON' | 'START' | 'CHANGE' | 'STOP';

/** A line of the list for cash benefit (BHG-24): ids, days and numbers. */
export interface BenefitLine {
  readonly childId: string;
  readonly unitId: string;
  readonly month: string;
  readonly weeklyHours: number;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly event: BenefitEvent;
}

export type BenefitRefusal = { readonly kind: 'MONTH_WRONG' };

/** The list is of children from one year on until they are three (BHG-24). */
const [youngest, oldest] = [1, 3];
/** They are on no list any more once the month is over in which they turn six (RET-06). */
const keptUntil = 6;

const addYears = (day: LocalDate, years: number): LocalDate => addMonths(day, 12 * years);

const isOfAge = (born: LocalDate | null, month: string): boolean =>
  born === null ||
  (addYears(born, youngest) < addMonths(`${month}-01`, 1) && addYears(born, oldest) >= `${month}-01`);

/** Whoever was born before this day is forgotten. */
export const benefitKeptFrom = (today: LocalDate): LocalDate =>
  addYears(`${today.slice(0, 7)}-01`, -keptUntil);

/** A list is of a month that has begun: what is to come may be another yet. */
export const decideBenefitMonth = (month: string, today: LocalDate): Result<string, BenefitRefusal> =>
  /^20\d\d-(0[1-9]|1[0-2])$/.test(month) && month <= today.slice(0, 7)
    ? accept(month)
    : refuse({ kind: 'MONTH_WRONG' });

/** Who of the age had which place in a month, by child and day. Whoever moves has changed, and neither started nor stopped (BHG-13). */
export function benefitLines(
  places: readonly BenefitPlace[],
  month: string,
  fullHours: number,
): readonly BenefitLine[] {
  const isIn = (day: LocalDate | null): boolean => day?.startsWith(month) === true;
  const begins = new Set(places.map(({ childId, from }) => `${childId} ${from}`));
  const ends = new Set(places.map(({ childId, to }) => `${childId} ${to}`));
  const eventOf = ({ childId, from, to }: BenefitPlace): BenefitEvent => {
    if (isIn(to)) return begins.has(`${childId} ${to}`) ? 'CHANGE' : 'STOP';
    if (!isIn(from)) return 'GOES_ON';
    return ends.has(`${childId} ${from}`) ? 'CHANGE' : 'START';
  };
  return places
    .filter(({ born }) => isOfAge(born, month))
    .map((place) => ({
      ...{ childId: place.childId, unitId: place.unitId, month, from: place.from, to: place.to },
      weeklyHours: place.weeklyHours ?? fullHours,
      event: eventOf(place),
    }))
    .toSorted((one, other) => (`${one.childId} ${one.from}` < `${other.childId} ${other.from}` ? -1 : 1));
}

const columns = ['childId', 'unitId', 'month', 'weeklyHours', 'from', 'to', 'event'] as const;

/** The list as a file (RFC 4180), with one line of headings. */
export const benefitCsv = (lines: readonly BenefitLine[]): string =>
  [columns, ...lines.map((line) => columns.map((column) => String(line[column] ?? '')))]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');
