import { type LocalDate, addMonths, isWithin } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** A child's place, for as long as it has it; `to` is the first day without it. */
export interface Place {
  readonly childId: string;
  readonly pool: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** An old place ends on the day that the new one begins: no gap, and no day that is paid for twice (BHG-13). */
export function takenOver(places: readonly Place[], taken: Place): readonly Place[] {
  return [
    ...places.flatMap((place) => {
      if (place.childId !== taken.childId || (place.to !== null && place.to <= taken.from)) return [place];
      // A place that would begin later is never begun.
      return place.from < taken.from ? [{ ...place, to: taken.from }] : [];
    }),
    taken,
  ];
}

/** How long before the end of a place it has to be said, by the statutes. */
export interface NoticeTerms {
  readonly months: number;
  /** From the day that it is said, or from the first of the month after (lokale vedtekter). */
  readonly countsFrom: 'DAY' | 'NEXT_MONTH';
}

export type TerminationRefusal =
  { readonly kind: 'E_STATE' } | { readonly kind: 'E_NOTICE'; readonly earliest: LocalDate };

/** The first day without the place, if it is given up today (BHG-14). */
export function earliestEnd(today: LocalDate, { months, countsFrom }: NoticeTerms): LocalDate {
  const from = countsFrom === 'DAY' ? today : `${addMonths(today, 1).slice(0, 7)}-01`;
  return addMonths(from, months);
}

/** A guardian gives up a place from a day on. At school start nothing has to be said: the place ends by itself (BHG-14). */
export function decideTermination(
  place: Place,
  {
    today,
    endsOn,
    terms,
  }: { readonly today: LocalDate; readonly endsOn: LocalDate; readonly terms: NoticeTerms },
): Result<Place, TerminationRefusal> {
  const { from, to } = place;
  if (!isWithin(endsOn, from, to)) return refuse({ kind: 'E_STATE' });
  const earliest = earliestEnd(today, terms);
  return endsOn < earliest ? refuse({ kind: 'E_NOTICE', earliest }) : accept({ ...place, to: endsOn });
}

/** The day on which school begins, and a place ends by itself; a year later where that is put off (BHG-14). */
export const schoolStart = (
  born: LocalDate,
  { isDeferred, yearBegins }: { readonly isDeferred: boolean; readonly yearBegins: string },
): LocalDate => `${Number(born.slice(0, 4)) + (isDeferred ? 7 : 6)}-${yearBegins}`;
