import type { LocalDate } from '@ranselpost/kit/pure/dates';

/** A seat that nobody holds, and from when it is free; null for one that was never anybody's. */
export interface FreeSeat {
  readonly number: number;
  readonly freeFrom: LocalDate | null;
}

const later = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);

/** The day from which a family wants a place: as it has said, else when the kindergarten year begins; no day that is over. */
export const wantedFrom = (
  wantedStart: LocalDate | null,
  {
    admissionYear,
    yearBegins,
    today,
  }: { readonly admissionYear: number; readonly yearBegins: string; readonly today: LocalDate },
): LocalDate => later(wantedStart ?? `${admissionYear}-${yearBegins}`, today);

/** The seat that a child gets, and from when: one that is free by then, else the one that is free first. A seat has one child a day. */
export function seatFor<Seat extends FreeSeat>(
  free: readonly Seat[],
  from: LocalDate,
): { readonly seat: Seat; readonly startsOn: LocalDate } | null {
  const since = ({ freeFrom }: FreeSeat): LocalDate => freeFrom ?? '';
  const [first] = free.toSorted((one, other) =>
    since(one) < since(other) ? -1 : since(one) > since(other) ? 1 : 0,
  );
  return first === undefined ? null : { seat: first, startsOn: later(since(first), from) };
}
