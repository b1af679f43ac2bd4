import { about } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Attachment, decideAttachments } from '../domain/attachment.ts';
import { mayStartThread } from '../domain/policy.ts';
import {
  type DecidedThread,
  type Message,
  type Refusal,
  type WantedThread,
  decideThread,
  isSameMessage,
} from '../domain/thread.ts';
import { oneLine } from '../domain/text.ts';
import * as attachments from '../store/attachments.ts';
import * as audiences from '../store/audience.ts';
import * as messages from '../store/messages.ts';
import * as threads from '../store/threads.ts';
import { attachAll } from './attach.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts } from './look.ts';
import { type Posted, passOn, readsOfPosting } from './post.ts';

export interface KeyedThread extends WantedThread {
  /** The writer's own key: the same thread under the same key is the same thread. */
  readonly idempotencyKey: string;
  /** Files of the writer's own to go with it. */
  readonly attachmentIds: readonly string[];
}

/** Answers once it is committed, so that a receipt is never shown for what is not (S-20). */
export const startThread = (
  deps: Deps,
  actor: Actor,
  wanted: KeyedThread,
): Promise<Result<Message, Refusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      (tx) => beginThread(deps, tx, actor, wanted),
      async (tx, posted) => {
        await passOn(tx, posted);
        return about(readsOfPosting(actor, posted), posted.answer);
      },
    ),
  );

/** Whether a thread may be begun, and what would be stored of it. */
export async function weighThread(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedThread) {
  const where = { unitId: wanted.unitId, childIds: wanted.childIds };
  const facts = await loadMailFacts(deps, tx, actor, [where]);
  mayStartThread(actor, facts, where);
  // Before the key: whatever took the files along under it is found by the key then (S-22).
  const attached = await attachments.byIds(tx, wanted.attachmentIds);
  const known = await messages.underKey(tx, actor.personId, wanted.idempotencyKey);
  const found = { facts, where, by: actor, known };
  if (known !== undefined) await checkSame(tx, known, wanted);
  const files = decideAttachments(wanted.attachmentIds, attached, actor);
  if (!files.ok) return { ...found, decision: files };
  const decision = decideThread(wanted, {
    ...{ today: facts.today, writerId: actor.personId, writerAs: actor.kind },
    audience: await audiences.load(tx, wanted.childIds, wanted.unitId),
    features: await loadFeature(tx, 'MESSAGING', facts, [wanted.unitId]),
    files: files.value,
    guardLevels: deps.guardLevels,
  });
  return { ...found, decision: decision.ok ? accept({ ...decision.value, files: files.value }) : decision };
}

/** Begins a thread, in the transaction given. */
export async function beginThread(deps: Deps, tx: Tx, actor: Actor, wanted: KeyedThread): Promise<Posted> {
  const { facts, where, by, known, decision } = await weighThread(deps, tx, actor, wanted);
  if (known !== undefined) return { facts, where, answer: accept(known), stored: null };
  if (!decision.ok) return { facts, where, answer: decision, stored: null };
  const message = await store(deps, tx, by, wanted, decision.value);
  return { facts, where, answer: accept(message), stored: { ...decision.value, message } };
}

async function store(
  deps: Deps,
  tx: Tx,
  actor: PersonActor,
  wanted: KeyedThread,
  decided: DecidedThread & { readonly files: readonly Attachment[] },
): Promise<Message> {
  const { unitId, childIds, idempotencyKey, toMailbox } = wanted;
  const { homeReaderIds, subject, body } = decided;
  const thread = await threads.insert(tx, {
    ...{ id: deps.newId(), unitId, childIds, homeReaderIds, subject, guardianIds: decided.guardianIds },
    ...{ addressedStaffIds: decided.addressedStaffIds, startedById: actor.personId, startedAs: actor.kind },
    toMailbox,
  });
  const stored = await messages.insert(tx, {
    ...{ id: deps.newId(), threadId: thread.id, unitId, childIds, homeReaderIds, body, idempotencyKey },
    ...{ authorId: actor.personId, authorAs: actor.kind, state: decided.isHeld ? 'HELD' : 'SENT' },
  });
  // The same was sent at the same time, and is there at the next look; this transaction leaves nothing.
  if (stored === null) throw new AppError('CONFLICT', 'the same key was used at the same time');
  await attachAll(tx, stored.id, decided.files);
  return stored;
}

async function checkSame(tx: Tx, known: Message, wanted: KeyedThread): Promise<void> {
  const [thread] = await threads.byIds(tx, [known.threadId]);
  const isSame =
    isSameMessage(known, wanted) &&
    thread?.unitId === wanted.unitId &&
    thread.toMailbox === wanted.toMailbox &&
    (thread.subject === null || thread.subject === oneLine(wanted.subject)) &&
    known.childIds.toSorted().join() === wanted.childIds.toSorted().join();
  if (!isSame) throw new AppError('BAD_USER_INPUT', 'the key names another message');
}
