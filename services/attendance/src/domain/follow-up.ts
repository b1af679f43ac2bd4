import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FeatureClosed } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { AlertReceiver } from './threshold.ts';

/** A long absence is a case of its own kind, and ends no enrolment (ABS-22). */
export type FollowUpKind = 'WORRYING' | 'LONG_ABSENCE';
export type FollowUpOutcome = 'PRESENT_AGAIN' | 'HANDED_OVER' | 'MOVED' | 'NOT_NEEDED';
export type StepKind =
  'CALL_HOME' | 'TALK_WITH_PUPIL' | 'MEETING' | 'PLAN' | 'SEARCH' | 'NOTIFY_MUNICIPALITY';

/** Something to be done by a day. In codes alone: what is said in a talk is sensitive, and has no place here. */
export interface FollowUpStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly dueOn: LocalDate;
  readonly responsible: AlertReceiver;
  readonly doneOn: LocalDate | null;
}

/** A step that is wanted. Its id is made where the step is. */
export type WantedStep = Omit<FollowUpStep, 'doneOn'>;

/** That a school follows a pupil's absence up (ABS-21). */
export interface FollowUp {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly kind: FollowUpKind;
  readonly openedAt: Date;
  readonly outcome: FollowUpOutcome | null;
  readonly closedAt: Date | null;
  /** By the day on which they are due. */
  readonly steps: readonly FollowUpStep[];
}

export type FollowUpRefusal =
  | FeatureClosed
  | { readonly kind: 'follow-up-closed' }
  | { readonly kind: 'step-day-wrong' }
  | { readonly kind: 'steps-open' };

/** The steps of a case that are due on a day, or were. */
export const dueSteps = ({ closedAt, steps }: FollowUp, today: LocalDate): readonly FollowUpStep[] =>
  closedAt === null ? steps.filter(({ doneOn, dueOn }) => doneOn === null && dueOn <= today) : [];

/** As many as a case can have: what is answered whole has an end. */
const mostSteps = 50;

/** A step is for a day from today on, within a year. Once more under its id it is the same, and nothing else. */
export function decideStep(
  { closedAt, steps }: FollowUp,
  { id, kind, dueOn, responsible }: WantedStep,
  today: LocalDate,
): Result<'added' | 'known', FollowUpRefusal> {
  const known = steps.find((step) => step.id === id);
  if (known !== undefined) {
    if (known.kind !== kind || known.dueOn !== dueOn || known.responsible !== responsible)
      throw new AppError('BAD_USER_INPUT', 'this id is another step');
    return accept('known');
  }
  if (closedAt !== null) return refuse({ kind: 'follow-up-closed' });
  if (dueOn < today || dueOn > addDays(today, 366)) return refuse({ kind: 'step-day-wrong' });
  if (steps.length >= mostSteps)
    throw new AppError('BAD_USER_INPUT', `a case has at most ${mostSteps} steps`);
  return accept('added');
}

/** What was done was done on a day that is not to come, and not long before the case was opened; once more it is done already. */
export function decideDone(
  { openedAt, closedAt, steps }: FollowUp,
  { stepId, doneOn }: { readonly stepId: string; readonly doneOn: LocalDate },
  today: LocalDate,
): Result<'done' | 'known', FollowUpRefusal> {
  if (steps.find(({ id }) => id === stepId)?.doneOn != null) return accept('known');
  if (closedAt !== null) return refuse({ kind: 'follow-up-closed' });
  const from = addDays(localDateAt(openedAt), -31);
  return doneOn > today || doneOn < from ? refuse({ kind: 'step-day-wrong' }) : accept('done');
}

/**
 * Nobody is present again with steps that are still to be done (T15): a school does not forget what it wanted. Of a pupil who goes
 * elsewhere, whom somebody else has now, or of whom there was nothing to follow up, nobody does them any more.
 */
export function decideClosing(
  { outcome: before, steps }: FollowUp,
  outcome: FollowUpOutcome,
): Result<'closed' | 'known', FollowUpRefusal> {
  if (before !== null) return before === outcome ? accept('known') : refuse({ kind: 'follow-up-closed' });
  return outcome === 'PRESENT_AGAIN' && steps.some(({ doneOn }) => doneOn === null)
    ? refuse({ kind: 'steps-open' })
    : accept('closed');
}
