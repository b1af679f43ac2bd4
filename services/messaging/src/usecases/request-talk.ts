import { type Answer, about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { noticeDueV1 } from '@ranselpost/schema/events/messaging/notice-due.v1';
import type { MeetingWay } from '../domain/meeting.ts';
import { addressees, staffAnswered } from '../domain/out-of-office.ts';
import { mayAnswer } from '../domain/policy.ts';
import {
  type TalkAnswer,
  type TalkRefusal,
  type TalkRequest,
  decideTalkAnswer,
  decideTalkRequest,
  mayAnswerTalkRequest,
  maySeeTalkRequest,
} from '../domain/talk-request.ts';
import { type Capacity, goesOn } from '../domain/thread.ts';
import * as audiences from '../store/audience.ts';
import * as inbox from '../store/inbox.ts';
import * as meetings from '../store/meetings.ts';
import * as messages from '../store/messages.ts';
import * as requests from '../store/talk-requests.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { tendMailbox } from './tend-mailbox.ts';

type Outcome = Result<TalkRequest, TalkRefusal>;
interface Told {
  readonly personId: string;
  readonly capacity: Capacity;
}

/** Asks for a talk instead of an answer in writing (M25, MSG-19). Asked again while it stands, it is the same. */
export const requestTalk = (
  deps: Deps,
  actor: Actor,
  { messageId, way }: { readonly messageId: string; readonly way: MeetingWay },
): Promise<Outcome> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx) => {
        const [message] = await messages.byIds(tx, [messageId]);
        const facts = await loadMailFacts(deps, tx, actor, message === undefined ? [] : [message]);
        mayAnswer(actor, facts, message);
        const [thread] = await threads.byIds(tx, [message!.threadId]);
        if (thread === undefined) throw new AppError('NOT_FOUND');
        const reads = mailReads(actor, facts, [thread]);
        const nobody: readonly Told[] = [];
        const standing = (await requests.ofThreads(tx, [thread.id])).find(
          (one) => one.state === 'OPEN' && one.askedBy === actor.personId && one.askedAs === actor.kind,
        );
        if (standing !== undefined) return { reads, outcome: accept(standing), told: nobody, isNew: false };
        const audience = await audiences.load(tx, thread.childIds, thread.unitId);
        const decision = decideTalkRequest(message!, {
          ...{ by: actor, threadGoesOn: goesOn(thread, audience) },
          features: await loadFeature(tx, 'MESSAGING', facts, [thread.unitId]),
        });
        if (!decision.ok) return { reads, outcome: decision, told: nobody, isNew: false };
        const id = deps.newId();
        const asked = { id, messageId, homeReaderIds: decision.value, way };
        if (!(await requests.insert(tx, { ...asked, askedBy: actor.personId, askedAs: actor.kind })))
          throw new AppError('CONFLICT', 'the same was asked at the same time');
        const stored = await requests.byId(tx, id);
        if (stored === undefined) throw new AppError('INTERNAL', 'what was asked cannot be shown');
        const staff = addressees(
          audience,
          staffAnswered(thread, audience, facts.today),
          thread.childIds,
          facts.today,
        );
        const told: readonly Told[] =
          actor.kind === 'guardian'
            ? staff.flatMap(({ personId, away }) =>
                away === null ? [{ personId, capacity: 'staff' as const }] : [],
              )
            : // Of a protected child nothing leaves by itself; it is there to be seen (S-08).
              thread.childIds.some((childId) => isProtected(facts, childId))
              ? []
              : stored.homeReaderIds.map((personId) => ({ personId, capacity: 'guardian' as const }));
        return { reads, outcome: accept(stored), told, isNew: true };
      },
      async (tx, { reads, outcome, told, isNew }): Promise<Answer<Outcome>> => {
        if (outcome.ok && isNew) await bringUp(deps, tx, outcome.value, told);
        return about(reads, outcome);
      },
    ),
  );

/** Whoever was asked says yes or no, or staff propose times that they offer (M25). */
export const answerTalkRequest = (
  deps: Deps,
  actor: Actor,
  {
    requestId,
    answer,
    offerId,
  }: {
    readonly requestId: string;
    readonly answer: TalkAnswer['kind'];
    readonly offerId: string | null;
  },
): Promise<Outcome> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx) => {
        const request = await requests.byId(tx, requestId);
        const facts = await loadMailFacts(deps, tx, actor, request === undefined ? [] : [request]);
        mayAnswerTalkRequest(actor, facts, request);
        const given: TalkAnswer =
          answer === 'PROPOSED'
            ? { kind: answer, offer: offerId === null ? null : await meetings.offerById(tx, offerId) }
            : { kind: answer };
        const features = await loadFeature(tx, 'MESSAGING', facts, [request!.unitId]);
        const outcome = decideTalkAnswer(request!, given, features);
        const isQuiet =
          actor.kind === 'staff' && request!.childIds.some((childId) => isProtected(facts, childId));
        return { reads: mailReads(actor, facts, [request!]), outcome, isQuiet };
      },
      async (tx, { reads, outcome, isQuiet }): Promise<Answer<Outcome>> => {
        if (!outcome.ok) return about(reads, outcome);
        if (!(await requests.keepAnswer(tx, outcome.value)))
          throw new AppError('CONFLICT', 'it was answered at the same time');
        const { askedBy: personId, askedAs: capacity } = outcome.value;
        await bringUp(deps, tx, outcome.value, personId === null || isQuiet ? [] : [{ personId, capacity }]);
        return about(reads, outcome);
      },
    ),
  );

/** Puts the thread before those whom it is for now, who are told that something waits, and not what (MSG-14). */
async function bringUp(
  deps: Deps,
  tx: Tx,
  { threadId, unitId, childIds }: TalkRequest,
  told: readonly Told[],
): Promise<void> {
  await tendMailbox(tx, threadId);
  if (told.length === 0) return;
  const now = deps.now();
  await inbox.put(tx, { threadId, sentAt: now, authorId: null, authorAs: 'guardian' }, told);
  await tell(tx, noticeDueV1, {
    ...{ noticeId: deps.newId(), category: 'MESSAGE', importance: 'ORDINARY', unitId, subjectId: threadId },
    recipients: told.map((one) => ({ ...one, childIds: [...childIds] })),
    occurredAt: now.toISOString(),
  });
}

/** What was asked in some threads, newest first, as far as the actor asks it, is asked, or reads of it. */
export const readTalkRequests = (
  deps: Deps,
  actor: Actor,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TalkRequest[]>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await requests.ofThreads(tx, threadIds);
    const facts = await loadMailFacts(deps, tx, actor, found);
    const shown = found.filter((request) => maySeeTalkRequest(actor, facts, request));
    return about(
      mailReads(actor, facts, shown),
      Map.groupBy(shown, ({ threadId }) => threadId),
    );
  });
