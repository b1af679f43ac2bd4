import { toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { EventAnswer, EventRefusal } from '../domain/unit-event.ts';
import { type ShownEvent, readUnitEvents } from '../usecases/read-unit-events.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  EventAnswer as AnswerShown,
  EventRefused,
  FeatureClosed,
  QueryResolvers,
  RefusalCode,
  UnitEvent,
} from './generated/types.ts';
import { readPageById } from './meeting.ts';
import { textOf } from './refusal-texts.ts';
import type { Context } from './types.ts';

/** The unit goes out as a key: what else of it may be seen, its owner says. */
type EventShown = Omit<UnitEvent, 'unit'> & { readonly unit: { readonly id: string } };

export const toEventAnswer = ({ childId, choice, adults }: EventAnswer): AnswerShown => ({
  ...{ child: { id: childId }, choice, adults },
});

export const toEvent = ({ event, answers }: ShownEvent): EventShown => ({
  ...{ id: event.id, unit: { id: event.unitId }, children: event.childIds.map((id) => ({ id })) },
  ...{ title: event.title, place: event.place, bring: event.bring, choices: event.choices },
  ...{ startsAt: event.startsAt?.toISOString() ?? null, endsAt: event.endsAt?.toISOString() ?? null },
  ...{ answerUntil: event.answerUntil.toISOString(), announcedAt: event.announcedAt.toISOString() },
  ...{ adultsMax: event.adultsMax, capacity: event.capacity },
  ...{ isFull: event.isFull, isWithdrawn: event.isWithdrawn, answers: answers.map(toEventAnswer) },
});

const codes: Readonly<Record<Exclude<EventRefusal['kind'], 'feature-closed'>, RefusalCode>> = {
  'event-past': 'EVENT_PAST',
  'event-ends-before-it-starts': 'EVENT_ENDS_BEFORE_IT_STARTS',
  'answers-due-too-late': 'EVENT_ANSWERS_DUE_TOO_LATE',
  'choices-wrong': 'EVENT_CHOICES_WRONG',
  'event-text-diverted': 'EVENT_TEXT_DIVERTED',
  'answering-over': 'EVENT_ANSWERING_OVER',
  'event-withdrawn': 'EVENT_WITHDRAWN',
  'answer-wrong': 'EVENT_ANSWER_WRONG',
  'event-full': 'EVENT_FULL',
};

type Refused =
  (EventRefused & { __typename: 'EventRefused' }) | (FeatureClosed & { __typename: 'FeatureClosed' });
export function toEventRefusal(refusal: EventRefusal): Refused {
  if (refusal.kind === 'feature-closed') return toFeatureClosed(refusal);
  const code = codes[refusal.kind];
  return { __typename: 'EventRefused', code, message: textOf(code) };
}

export const unitEvents: NonNullable<QueryResolvers<Context>['unitEvents']> = async (
  _parent,
  { childId, ...page },
  { deps, actor },
) => {
  const { first, after } = readPageById(page);
  if (!isId(childId)) throw new AppError('NOT_FOUND');
  const events = await readUnitEvents(deps, actor, childId, { first, after });
  if (events === null) throw new AppError('NOT_FOUND');
  if (events === 'hidden') throw new AppError('FEATURE_CLOSED');
  return toPage(events.map(toEvent), first, after, ({ id }) => id);
};
