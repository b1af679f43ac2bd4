import { about } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isProtected } from '@ranselpost/kit/pure/grounds';
import type { Result } from '@ranselpost/kit/pure/result';
import { noticeDroppedV1 } from '@ranselpost/schema/events/messaging/notice-dropped.v1';
import { type MailFacts, mayMoveToCase, mayWithdraw } from '../domain/policy.ts';
import { type PutAwayRefusal, decideMove, decideWithdrawal } from '../domain/put-away.ts';
import type { Message } from '../domain/thread.ts';
import * as attachments from '../store/attachments.ts';
import { type AboutStaff, aboutNoStaff } from '../domain/safety-concern.ts';
import * as messages from '../store/messages.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { addressAt, raiseConcern } from './raise-concern.ts';
import { sealMessageForArchive } from './seal-for-archive.ts';
import { tendMailbox } from './tend-mailbox.ts';

type May = (actor: Actor, facts: MailFacts, message: Message | undefined) => asserts actor is PersonActor;
type Outcome = Result<Message, PutAwayRefusal>;

/** Hides what a message says, once and for all its readers, and stops the notices of it that have not gone out. */
const putAway = (
  deps: Deps,
  actor: Actor,
  messageId: string,
  may: May,
  decide: (message: Message) => Outcome,
): Promise<Outcome> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const [message] = await messages.byIds(tx, [messageId]);
      const facts = await loadMailFacts(deps, tx, actor, message === undefined ? [] : [message]);
      may(actor, facts, message);
      const [thread] = await threads.byIds(tx, [message!.threadId]);
      const files = (await attachments.byMessages(tx, [messageId])).filter(
        ({ state }) => state !== 'REFUSED',
      );
      return {
        ...{ said: message!, subject: thread?.subject ?? '', files, outcome: decide(message!) },
        by: actor.personId,
        isProtected: message!.childIds.some((childId) => isProtected(facts, childId)),
        reads: mailReads(actor, facts, [message!]),
      };
    },
    async (tx, { said, subject, files, outcome, by, reads, ...found }) => {
      const answer = about(reads, outcome);
      if (!outcome.ok) return answer;
      const { id, state } = outcome.value;
      if (!(await messages.putAway(tx, { id, why: state === 'MOVED' ? 'MOVED' : 'WITHDRAWN', by })))
        throw new AppError('CONFLICT', 'it has been put away at the same time');
      await tendMailbox(tx, said.threadId);
      await tell(tx, noticeDroppedV1, { noticeId: id });
      if (state === 'MOVED') {
        const { body, authorId, childIds, unitId, sentAt: at } = said;
        const place = { caseId: deps.newId(), unitId, at, isProtected: found.isProtected };
        const entryId = await sealMessageForArchive(tx, deps, {
          ...{ id, body: body ?? '', subject, authorId, childIds, files, direction: 'IN', ...place },
          aboutStaff: aboutNoStaff,
        });
        await messages.keepUntilFiled(tx, id, entryId);
        await raiseConcern(tx, deps, {
          ...{ entryId, unitId, at: deps.now(), cause: 'MOVED_MESSAGE' },
          ...{ about: aboutNoStaff, addressed: await addressAt(tx, unitId, aboutNoStaff) },
        });
      }
      return answer;
    },
  );

/** Whoever wrote a message takes back what it says (MSG-17). */
export const withdrawMessage = (deps: Deps, actor: Actor, messageId: string): Promise<Outcome> =>
  putAway(deps, actor, messageId, mayWithdraw, (message) => decideWithdrawal(message, deps.now()));

/**
 * Staff take what came from home and does not belong in messages out of them, to the archive (MSG-12, SKM-03). What they say is about
 * one of them stays: it is told of where nothing here shows it (`raiseSafetyConcern`, SKM-04).
 */
export const moveToCase = (
  deps: Deps,
  actor: Actor,
  messageId: string,
  aboutStaff: AboutStaff = aboutNoStaff,
): Promise<Outcome> =>
  putAway(deps, actor, messageId, mayMoveToCase, (message) => decideMove(message, aboutStaff));
