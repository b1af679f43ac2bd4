import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { mayAnswerEvent, maySeeAnswer } from '../domain/unit-event-policy.ts';
import { type EventAnswer, type EventRefusal, decideAnswer } from '../domain/unit-event.ts';
import * as events from '../store/unit-events.ts';
import type { Deps } from './deps.ts';

export type AnswerWanted = Pick<EventAnswer, 'eventId' | 'childId' | 'choice' | 'adults'>;

/** Answers for a child, or changes the answer: there is one, however often it is given. Nobody is reminded of it any more (M37). */
export const answerEvent = (
  deps: Deps,
  actor: Actor,
  wanted: AnswerWanted,
): Promise<Result<EventAnswer, EventRefusal>> => twice(() => answer(deps, actor, wanted));

const answer = (deps: Deps, actor: Actor, wanted: AnswerWanted): Promise<Result<EventAnswer, EventRefusal>> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Result<EventAnswer, EventRefusal>>> => {
    const now = deps.now();
    const event = await events.byId(tx, wanted.eventId);
    const facts = await loadAccessFacts(tx, actor, [wanted.childId], localDateAt(now));
    if (event === null) throw new AppError('NOT_FOUND');
    mayAnswerEvent(actor, facts, event, wanted.childId);
    const features = await loadFeature(tx, 'MESSAGING', facts, [event.unitId]);
    const decision = decideAnswer(wanted, event, { now, features });
    if (!decision.ok) return aboutNobody(decision);
    const find = async (): Promise<EventAnswer | undefined> =>
      (await events.answersTo(tx, [event.id])).find(
        (one) => one.childId === wanted.childId && maySeeAnswer(actor, facts, one),
      );
    const standing = await find();
    const given = { ...wanted, unitId: event.unitId, answeredBy: actor.personId };
    const stored =
      standing === undefined
        ? await events.insertAnswer(tx, given)
        : await events.changeAnswer(tx, standing, given);
    // The other guardian has answered at the same time: that is no sign of a lack of room.
    if (stored === null && standing === undefined && (await find()) !== undefined)
      throw new AppError('CONFLICT', 'the child was answered for at the same time');
    // Asked once the answer is stored, which holds the event: it was reminded of before, or is not any more for this child.
    const reminder =
      stored !== null && standing === undefined ? await events.remindedForNothing(tx, stored) : undefined;
    if (reminder !== undefined) await tell(tx, noticeDroppedV1, reminder);
    return aboutNobody(stored === null ? refuse({ kind: 'event-full' }) : accept(stored));
  });
