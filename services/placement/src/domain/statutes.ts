import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Criterion } from './instance.ts';
import { readRule } from './read-instance.ts';
import type { Problem } from './reading.ts';

export type UnitKind = 'SCHOOL' | 'KINDERGARTEN' | 'AFTER_SCHOOL';

/** Units that children are admitted to: those have statutes. */
const admitting: readonly UnitKind[] = ['KINDERGARTEN', 'AFTER_SCHOOL'];
export const isAdmitting = (kind: UnitKind | undefined): boolean =>
  kind !== undefined && admitting.includes(kind);

/** How a unit ranks, in the words of an instance (placement § 4), and as its statutes have it: without the list that only appeals and tests give. */
export type StatuteRule = { readonly then: readonly Criterion[] } & (
  | { readonly mode: 'firstMatch' | 'lexicographic'; readonly groups: readonly string[] }
  | { readonly mode: 'points'; readonly points: Readonly<Record<string, number>> }
);

/** What a unit's statutes say of admission (BHG-10). */
export interface StatutesTerms {
  readonly unitId: string;
  /** The first day on which they are in force. */
  readonly from: LocalDate;
  readonly priority: StatuteRule;
  /** How long before a place is given up it is said (BHG-14). */
  readonly noticeMonths: number;
  /** Whether whoever accepts a place may wait on for one that they wish more (placement § 1). */
  readonly keepWaiting: boolean;
  /** Whether guardians are told ranks after publishing (BHG-20). */
  readonly showRank: boolean;
  /** How many days there are to answer an offer, and whether silence is a no (BHG-12). */
  readonly answerDays: number;
  readonly silenceDeclines: boolean;
  /** Whether seats that nobody wants in one age group may become seats of another, and at most how many there may be of each. */
  readonly convertible: boolean;
  readonly maxSeats: Readonly<Partial<Record<'small' | 'large', number>>>;
}

/** One version of a unit's statutes: added and never changed. */
export interface Statutes extends StatutesTerms {
  readonly id: string;
  /** From 1, without gaps. */
  readonly version: number;
  readonly adoptedAt: Date;
}

export type StatutesRefusal =
  | { readonly kind: 'unit-wrong' }
  | { readonly kind: 'day-wrong'; readonly earliest: LocalDate }
  | { readonly kind: 'rule-wrong'; readonly problems: readonly Problem[] };

interface Known {
  readonly kind: UnitKind;
  /** The latest version there is. */
  readonly last: Statutes | undefined;
  readonly today: LocalDate;
}

/**
 * The next version of a unit's statutes. The first may have been in force for long; one that replaces another does so from today on
 * and not before that one begins, so that what was in force on a day that is over stays what it was.
 */
export function decideStatutes(
  wanted: StatutesTerms,
  { kind, last, today }: Known,
): Result<StatutesTerms & { readonly version: number }, StatutesRefusal> {
  if (!isAdmitting(kind)) return refuse({ kind: 'unit-wrong' });
  if (last !== undefined) {
    const earliest = last.from > today ? last.from : today;
    if (wanted.from < earliest) return refuse({ kind: 'day-wrong', earliest });
  }
  const { problems } = readRule(wanted.priority);
  if (problems.length > 0) return refuse({ kind: 'rule-wrong', problems });
  return accept({ ...wanted, version: (last?.version ?? 0) + 1 });
}
