import { type LocalDate, addDays, addMonths, localDateAt } from '@ranselpost/kit/pure/dates';
import { type Dated, asOf } from '@ranselpost/kit/pure/dated';
import { type InformationRequest, isOpen, isOver } from './information-request.ts';
import { lawProfile } from './law-profile.ts';

/** What somebody was to the municipality. */
export type RetentionKind = 'CHILD' | 'GUARDIAN' | 'STAFF' | 'VISITOR';

/** Why somebody is kept whose time is over (RET-07). */
export type LegalHold = 'COMPLAINT' | 'INSIGHT' | 'ENVIRONMENT' | 'BREACH' | 'LEGAL_CLAIM';

/** How long what is kept after the last case: at most what the rules say. */
export interface RetentionTerms {
  /** RET-01, `retention.afterLeaving`. */
  readonly afterLeavingMonths: number;
  /** RET-10: who worked here, and who had access once, is known for as long as the log that names them by id. */
  readonly afterWorkMonths: number;
  /** RET-10: that somebody signed in. */
  readonly afterSignInDays: number;
  /** Nobody goes who has just come to be known: what they are here for may still be on its way. */
  readonly unknownDays: number;
  /** A hold that was lifted by mistake can be placed again before what it kept is gone. */
  readonly afterHoldDays: number;
  /** What is coming is shown to those who may want to hold it. */
  readonly noticeDays: number;
}

/** The one table of terms. A change gets a row with its first day, and counts for what ends from then on (rules § 1). */
export const termsByDay: readonly Dated<RetentionTerms>[] = [
  {
    from: '0001-01-01',
    value: {
      afterLeavingMonths: 12,
      afterWorkMonths: 12,
      afterSignInDays: 90,
      unknownDays: 7,
      afterHoldDays: 7,
      noticeDays: 30,
    },
  },
];

/** The terms of a day. */
export const termsOn = (day: LocalDate, table = termsByDay): RetentionTerms => asOf(table, day);

/** A case by barnelova § 47 that concerns somebody, as its asker or as the child. */
export interface RetainedRequest {
  readonly request: Pick<InformationRequest, 'state' | 'closedAt' | 'openedAt' | 'complainedAt'>;
  /** The archive has all of it (RET-02). */
  readonly isArchived: boolean;
  /** Nothing that was written lies here any more. */
  readonly isForgotten: boolean;
}

/** Whatever says that somebody is, or was, somebody's case here. Ids of one human are counted together. */
export interface RetentionFacts {
  readonly personId: string;
  readonly knownSince: LocalDate;
  readonly isChild: boolean;
  /** Of all places at units, the last first day without any; null without any place. `isEnrolled`: one has no end yet. */
  readonly leftOn: LocalDate | null;
  readonly isEnrolled: boolean;
  /** Named for a child who is here: by the register, by a grant that has not ended, or by a restriction in force. */
  readonly isTied: boolean;
  /** For a child: when somebody who is responsible for it prepared to apply for a place last (GUA-29). */
  readonly appliedForOn: LocalDate | null;
  /** For a child: admission has something open about it, and until when that was so (RET-09). */
  readonly isConsidered: boolean;
  readonly consideredUntil: LocalDate | null;
  /** When they prepared to apply for a place themselves. */
  readonly preparedOn: LocalDate | null;
  /** When the last tie to a child who is still here ended. */
  readonly tieEndedOn: LocalDate | null;
  /** Followed in the registers because a child's entry named them. */
  readonly wasGuardian: boolean;
  /** Of all roles, the last first day without any; null without any role. */
  readonly workedUntil: LocalDate | null;
  /** Holds a role without an end, or a roster names them as somebody who is no child. */
  readonly isEmployed: boolean;
  readonly signedInOn: LocalDate | null;
  readonly requests: readonly RetainedRequest[];
  readonly hasOpenItems: boolean;
  readonly hasOpenProposals: boolean;
  readonly legalHolds: readonly LegalHold[];
  readonly holdLiftedOn: LocalDate | null;
}

/** What is to be done about somebody. `rule` says by which rule their time is over, or what keeps them. */
export type Retention = InTime | Over;

/** Somebody's case, or not for so long yet that anybody need look. */
export interface InTime {
  readonly state: 'IN_SCOPE' | 'LATER';
}

export interface Over {
  readonly state: 'UPCOMING' | 'HELD' | 'DUE';
  readonly kind: RetentionKind;
  readonly rule: string;
  readonly dueOn: LocalDate;
}

interface End {
  readonly kind: RetentionKind;
  readonly rule: string;
  readonly on: LocalDate;
}

/** Whether somebody is nobody's case any more, since when, and what holds them all the same (RET-01, RET-09, RET-10). */
export function decideRetention(facts: RetentionFacts, now: Date, table = termsByDay): Retention {
  const today = localDateAt(now);
  if (isInScope(facts, today)) return { state: 'IN_SCOPE' };
  const ends = endsOf(facts, table).toSorted((one, other) => (one.on < other.on ? 1 : -1));
  const last = ends[0]!;
  // What somebody was the most: a child, before an adult who was anything.
  const kind = kinds.find((one) => ends.some((end) => end.kind === one))!;
  const over = { kind, rule: last.rule, dueOn: last.on };
  if (addDays(today, termsOn(today, table).noticeDays) < last.on) return { state: 'LATER' };
  const hold = holdOf(facts, now, table);
  if (hold !== null) return { state: 'HELD', ...over, rule: hold };
  return { state: last.on <= today ? 'DUE' : 'UPCOMING', ...over };
}

const kinds: readonly RetentionKind[] = ['CHILD', 'STAFF', 'GUARDIAN', 'VISITOR'];

/** True for whoever has a place or waits for one, has a role or a tie to a child who is here, now or to come. */
const isInScope = (facts: RetentionFacts, today: LocalDate): boolean =>
  facts.isEnrolled ||
  (facts.leftOn !== null && today < facts.leftOn) ||
  facts.isConsidered ||
  facts.isTied ||
  facts.isEmployed ||
  (facts.workedUntil !== null && today < facts.workedUntil);

/** The day from which nothing of what somebody was keeps them: the last counts. Never empty. */
function endsOf(facts: RetentionFacts, table: typeof termsByDay): readonly End[] {
  const { isChild, leftOn, wasGuardian, tieEndedOn, workedUntil, signedInOn, knownSince } = facts;
  const { appliedForOn, consideredUntil, preparedOn } = facts;
  const on = (day: LocalDate): RetentionTerms => termsOn(day, table);
  const lastNews = latest(knownSince, preparedOn);
  const settled = addDays(lastNews, on(lastNews).unknownDays);
  // Whoever waits for a place is here as whoever has one is.
  const lastDay = latest(
    latest(leftOn === null ? knownSince : addDays(leftOn, -1), appliedForOn),
    consideredUntil,
  );
  const lastVisit = signedInOn ?? knownSince;
  return [
    // Twelve months from the last day, not from the first day without.
    ...(isChild || leftOn !== null
      ? [
          {
            kind: 'CHILD',
            rule: 'RET-01',
            on: addMonths(lastDay, on(lastDay).afterLeavingMonths),
          } as const,
        ]
      : []),
    ...(tieEndedOn !== null
      ? [
          {
            kind: 'GUARDIAN',
            rule: 'RET-01',
            on: addMonths(tieEndedOn, on(tieEndedOn).afterWorkMonths),
          } as const,
        ]
      : []),
    ...(wasGuardian ? [{ kind: 'GUARDIAN', rule: 'RET-09', on: settled } as const] : []),
    ...(workedUntil !== null
      ? [
          {
            kind: 'STAFF',
            rule: 'RET-10',
            on: addMonths(workedUntil, on(workedUntil).afterWorkMonths),
          } as const,
        ]
      : []),
    // Whoever was never anything here but signed in. A guardian's account does not outlive the last child by a visit.
    ...(!isChild && leftOn === null && !wasGuardian && tieEndedOn === null && workedUntil === null
      ? [
          {
            kind: 'VISITOR',
            rule: 'RET-10',
            on: addDays(lastVisit, on(lastVisit).afterSignInDays),
          } as const,
        ]
      : []),
  ];
}

const latest = (one: LocalDate, other: LocalDate | null): LocalDate =>
  other !== null && other > one ? other : one;

/** By which rule somebody is held whose time is over; null: by none. The gravest first. */
function holdOf(facts: RetentionFacts, now: Date, table: typeof termsByDay): string | null {
  const today = localDateAt(now);
  const { requests, legalHolds, holdLiftedOn } = facts;
  if (legalHolds.length > 0) return 'RET-07';
  if (holdLiftedOn !== null && today < addDays(holdLiftedOn, termsOn(holdLiftedOn, table).afterHoldDays))
    return 'RET-07';
  if (requests.some(({ request }) => isOpen(request))) return 'GUA-07';
  if (requests.some(({ request }) => !isOver(request, now, lawProfile(localDateAt(request.closedAt ?? now)))))
    return 'ADM-03';
  if (requests.some(({ isArchived, isForgotten }) => !isArchived || !isForgotten)) return 'RET-02';
  return facts.hasOpenItems || facts.hasOpenProposals ? 'GUA-05' : null;
}

/** The services that have to answer for an erasure, beside identity (RET-08). */
export const erasingServices = ['attendance', 'messaging', 'notification', 'placement', 'registry'] as const;

/** Hours after which somebody is asked to see why a service has not answered (T-9), and after which it is told again. */
export const acknowledgeHours = 24;
export const tellAgainHours = 1;
