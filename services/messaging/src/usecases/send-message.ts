import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
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
import type { Deps } from './deps.ts';
import { loadMailFacts } from './look.ts';
import { type Posted, passOn, readsOfPosting } from './post.ts';

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
): Promise<Result<Message, Refusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      (tx) => answerMessage(deps, tx, actor, wanted),
      async (tx, posted) => {
        await passOn(tx, posted);
        return about(readsOfPosting(actor, posted), posted.answer);
      },
    ),
  );

/** Whether a message may be answered so, and what would be stored of it. */
export async function weighAnswer(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedAnswer) {
  const [answered] = await messages.byIds(tx, [wanted.answersId]);
  const facts = await loadMailFacts(deps, tx, actor, answered === undefined ? [] : [answered]);
  mayAnswer(actor, facts, answered);
  const { threadId, unitId, childIds } = answered!;
  // Before the key: whatever took the files along under it is found by the key then (S-22).
  const attached = await attachments.byIds(tx, wanted.attachmentIds);
  const known = await messages.underKey(tx, actor.personId, wanted.idempotencyKey);
  const found = { facts, where: { unitId, childIds }, by: actor, threadId, known };
  if (known !== undefined && (known.threadId !== threadId || !isSameMessage(known, wanted)))
    throw new AppError('BAD_USER_INPUT', 'the key names another message');
  const [thread] = await threads.byIds(tx, [threadId]);
  if (thread === undefined) throw new AppError('NOT_FOUND');
  const files = decideAttachments(wanted.attachmentIds, attached, actor);
  if (!files.ok) return { ...found, decision: files };
  const decision = decideAnswer(wanted, answered!, thread, {
    ...{ today: facts.today, writerId: actor.personId, writerAs: actor.kind },
    audience: await audiences.load(tx, childIds, unitId),
    features: await loadFeature(tx, 'MESSAGING', facts, [unitId]),
    files: files.value,
    guardLevels: deps.guardLevels,
  });
  return { ...found, decision: decision.ok ? accept({ ...decision.value, files: files.value }) : decision };
}

/** Answers a message, in the transaction given. */
export async function answerMessage(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedAnswer): Promise<Posted> {
  const { facts, where, by, threadId, known, decision } = await weighAnswer(deps, tx, actor, wanted);
  if (known !== undefined) return { facts, where, answer: accept(known), stored: null };
  if (!decision.ok) return { facts, where, answer: decision, stored: null };
  const { homeReaderIds, body, isHeld, files } = decision.value;
  const stored = await messages.insert(tx, {
    ...{ id: deps.newId(), threadId, ...where, homeReaderIds, body, idempotencyKey: wanted.idempotencyKey },
    ...{ authorId: by.personId, authorAs: by.kind, state: isHeld ? 'HELD' : 'SENT' },
  });
  if (stored === null) throw new AppError('CONFLICT', 'the same key was used at the same time');
  await attachAll(tx, stored.id, files);
  return {
    ...{ facts, where, answer: accept(stored) },
    stored: { ...decision.value, message: stored, leftOut: [] },
  };
}
