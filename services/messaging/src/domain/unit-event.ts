import { type GuardLevel, judge } from '@ranselpost/kit/guard';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** What staff announce: an event at a time, or a slip with choices and no time. */
export interface EventTerms {
  readonly title: string;
  readonly place: string | null;
  readonly bring: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly answerUntil: Date;
  /** Empty: yes or no, with how many adults. */
  readonly choices: readonly string[];
  readonly adultsMax: number;
  readonly capacity: number | null;
}

export interface UnitEvent extends EventTerms {
  readonly id: string;
  readonly unitId: string;
  readonly announcedBy: string | null;
  readonly isFull: boolean;
  readonly isWithdrawn: boolean;
  readonly announcedAt: Date;
  /** The notice that reminds of it, once that has been told. */
  readonly reminderId: string | null;
  /** The children it is for, as far as whoever asks may know. */
  readonly childIds: readonly string[];
}

export interface EventAnswer {
  readonly eventId: string;
  readonly unitId: string;
  readonly childId: string;
  /** The child's id where it is the child's answer; else that of the one guardian whose it is (ADR-11). */
  readonly party: string;
  readonly answeredBy: string | null;
  readonly choice: number;
  readonly adults: number;
  readonly answeredAt: Date;
}

export type EventRefusal =
  | {
      readonly kind:
        | 'event-past'
        | 'event-ends-before-it-starts'
        | 'answers-due-too-late'
        | 'choices-wrong'
        | 'event-text-diverted'
        | 'answering-over'
        | 'event-withdrawn'
        | 'answer-wrong'
        | 'event-full';
    }
  | FeatureClosed;

interface Now {
  readonly now: Date;
  readonly features: FeatureStandings;
}

export function decideEvent(
  unitId: string,
  event: EventTerms,
  { now, features, guardLevel }: Now & { readonly guardLevel: GuardLevel },
): Result<true, EventRefusal> {
  const { startsAt, endsAt, answerUntil, choices, adultsMax, capacity } = event;
  if ((startsAt !== null && startsAt <= now) || answerUntil <= now) return refuse({ kind: 'event-past' });
  if (startsAt !== null && (endsAt === null || endsAt <= startsAt))
    return refuse({ kind: 'event-ends-before-it-starts' });
  if (startsAt !== null && answerUntil > startsAt) return refuse({ kind: 'answers-due-too-late' });
  const isSlip = choices.length > 0;
  const isChoosable = !isSlip || (choices.length >= 2 && new Set(choices).size === choices.length);
  // Nobody comes to a slip, so that it has no room to run out of.
  if (!isChoosable || (isSlip && (adultsMax > 0 || capacity !== null)) || (!isSlip && startsAt === null))
    return refuse({ kind: 'choices-wrong' });
  const texts = [event.title, event.place, event.bring, ...choices].filter((text) => text !== null);
  if (texts.some((text) => judge(text, { level: guardLevel, knownNames: [] }).verdict === 'DIVERT'))
    return refuse({ kind: 'event-text-diverted' });
  const isOpen = requireFeature(features, unitId);
  return isOpen.ok ? accept(true) : isOpen;
}

/** Whether there is room, the database knows, which counts those before (`event-full`). */
export function decideAnswer(
  { choice, adults }: Pick<EventAnswer, 'choice' | 'adults'>,
  event: UnitEvent,
  { now, features }: Now,
): Result<true, EventRefusal> {
  const isOpen = requireFeature(features, event.unitId);
  if (!isOpen.ok) return isOpen;
  if (event.isWithdrawn) return refuse({ kind: 'event-withdrawn' });
  if (now >= event.answerUntil) return refuse({ kind: 'answering-over' });
  const last = event.choices.length === 0 ? 1 : event.choices.length - 1;
  const most = event.choices.length === 0 && choice === 1 ? event.adultsMax : 0;
  if (choice < 0 || choice > last || adults < 0 || adults > most) return refuse({ kind: 'answer-wrong' });
  return accept(true);
}
