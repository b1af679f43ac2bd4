import { about } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayAnswer } from '../domain/policy.ts';
import {
  type Message,
  type Refusal,
  type WantedAnswer,
  decideAnswer,
  isSameMessage,
} from '../domain/thread.ts';
import { decideAttachments } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';
import * as audiences from '../store/audience.ts';
import * as messages from '../store/messages.ts';
import * as threads from '../store/threads.ts';
import { attachAll } from './attach.ts';
import { deliver } from './deliver.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { twice } from './twice.ts';

export interface KeyedAnswer extends WantedAnswer {
  /** The message that it answers. */
  readonly answersId: string;
  /** The writer's own key: the same answer under the same key is the same answer. */
  readonly idempotencyKey: string;
  /** Files of the writer's own to go with it. */
  readonly attachmentIds: readonly string[];
}

/** Answers once it is committed, so that a receipt is never shown for what is not (S-20). */
export const sendMessage = (
  deps: Deps,
  actor: Actor,
  wanted: KeyedAnswer,
): Promise<Result<Message, Refusal>> => twice(() => send(deps, actor, wanted));

const send = (deps: Deps, actor: Actor, wanted: KeyedAnswer): Promise<Result<Message, Refusal>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const [answered] = await messages.byIds(tx, [wanted.answersId]);
      const facts = await loadMailFacts(deps, tx, actor, answered === undefined ? [] : [answered]);
      mayAnswer(actor, facts, answered);
      const { threadId, unitId, childIds } = answered!;
      const found = { facts, where: { unitId, childIds }, stored: null };
      const known = await messages.underKey(tx, actor.personId, wanted.idempotencyKey);
      if (known !== undefined) {
        if (known.threadId !== threadId || !isSameMessage(known, wanted))
          throw new AppError('BAD_USER_INPUT', 'the key names another message');
        return { ...found, answer: accept(known) };
      }
      const [thread] = await threads.byIds(tx, [threadId]);
      if (thread === undefined) throw new AppError('NOT_FOUND');
      const files = decideAttachments(
        wanted.attachmentIds,
        await attachments.byIds(tx, wanted.attachmentIds),
        actor,
      );
      if (!files.ok) return { ...found, answer: files };
      const decision = decideAnswer(wanted, answered!, thread, {
        ...{ today: facts.today, writerId: actor.personId, writerAs: actor.kind },
        audience: await audiences.load(tx, childIds, unitId),
        features: await loadFeature(tx, 'MESSAGING', facts, [unitId]),
        files: files.value,
      });
      if (!decision.ok) return { ...found, answer: decision };
      const { homeReaderIds, body, isHeld, addressedStaffIds } = decision.value;
      const { idempotencyKey } = wanted;
      const stored = await messages.insert(tx, {
        ...{ id: deps.newId(), threadId, unitId, childIds, homeReaderIds, body, idempotencyKey },
        ...{ authorId: actor.personId, authorAs: actor.kind, state: isHeld ? 'HELD' : 'SENT' },
      });
      if (stored === null) throw new AppError('CONFLICT', 'the same key was used at the same time');
      await attachAll(tx, stored.id, files.value);
      return { ...found, answer: accept(stored), stored: { message: stored, addressedStaffIds } };
    },
    async (tx, { facts, where, answer, stored }) => {
      if (stored !== null && stored.message.state === 'SENT') await deliver(tx, stored.message, stored);
      return about(answer.ok ? mailReads(actor, facts, [where]) : [], answer);
    },
  );
