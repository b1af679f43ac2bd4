import type { LocalDate } from '@ranselpost/kit/pure/dates';

/** What the municipality's regulation gives of leave from a day on (oppl. § 2-2, LEA-01, LEA-03). */
export interface LeaveRules {
  readonly from: LocalDate;
  /** School days a school year that the contact teacher gives, and nobody has to say why. */
  readonly daysWithoutReason: number;
  /** School days a school year that are given at all, but for weighty welfare grounds. */
  readonly daysInAll: number;
  /** Whom a decision is complained to (ADM-04). */
  readonly complaintTo: string;
  /** In which of the two written forms of Norwegian decisions are (LANG-05). */
  readonly writtenForm: 'nb' | 'nn';
}

/** The municipality's own, as dated data: nothing of it stands in code. */
export interface Regulation {
  readonly rules: readonly LeaveRules[];
  /** Days of national tests and exams, at a unit or at all of them. */
  readonly examDays: readonly { readonly day: LocalDate; readonly unitId: string | null }[];
}

/** The rules of the day that leave begins; null before there is a regulation: without one there is no leave (LEA-01). */
export const rulesOn = ({ rules }: Regulation, day: LocalDate): LeaveRules | null =>
  rules.filter(({ from }) => from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0] ?? null;

/** A school year by the year in which it begins: the day after its last stands in `to`. */
export const daysOfSchoolYear = (year: number): { readonly from: LocalDate; readonly to: LocalDate } => ({
  from: `${year}-08-01`,
  to: `${year + 1}-08-01`,
});
