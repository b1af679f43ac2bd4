import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import type { Broadcast, Refusal as BroadcastRefusal } from '../domain/broadcast.ts';
import { mayTakeBack } from '../domain/broadcast-policy.ts';
import { type Draft, type SendTimeRefusal, decideSendAt, namesInText } from '../domain/draft.ts';
import { maySeeDraft } from '../domain/draft-policy.ts';
import type { Guarding } from '../domain/guarded.ts';
import { maySeeMessage } from '../domain/policy.ts';
import type { Message, Refusal as MessageRefusal } from '../domain/thread.ts';
import * as broadcasts from '../store/broadcasts.ts';
import * as drafts from '../store/drafts.ts';
import * as messages from '../store/messages.ts';
import type { Deps } from './deps.ts';
import {
  type MessageDraft,
  draftReads,
  isMessage,
  loadDraftFacts,
  postingOf,
  sendingKeyOf,
} from './draft-posting.ts';
import { loadMailFacts, mailReads } from './look.ts';
import { passOn, readsOfPosting } from './post.ts';
import { takeInBroadcast } from './send-broadcast.ts';

export interface SendingWish extends Guarding {
  /** Null: now. */
  readonly sendAt: Date | null;
  readonly attachmentIds: readonly string[];
  /** For a text to many: what its author has seen of how many it is. */
  readonly confirmation: string | null;
}

export type DraftOutcome =
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'stored'; readonly broadcast: Broadcast }
  | { readonly kind: 'waits'; readonly draft: Draft };
export type SendDraftRefusal = MessageRefusal | BroadcastRefusal | SendTimeRefusal;
type Outcome = Result<DraftOutcome, SendDraftRefusal>;

/** What is left to do, as the service itself, once it is clear what becomes of a draft. */
type Rest = (tx: Tx) => Promise<Answer<Outcome>>;

/**
 * Makes a draft what it is a draft of, or has it wait for its time. That it is sent and that it is a draft no more is one
 * transaction, and it is held meanwhile: whoever sends it, and however often, it is sent once (S-20, S-21).
 */
export const sendDraft = (deps: Deps, actor: Actor, id: string, wish: SendingWish): Promise<Outcome> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Rest> => {
        const draft = await drafts.take(tx, id);
        if (draft === undefined) return sentBefore(deps, tx, actor, id);
        const facts = await loadDraftFacts(deps, tx, actor, [draft]);
        if (!maySeeDraft(actor, facts, draft)) throw new AppError('NOT_FOUND');
        if (wish.attachmentIds.length > 0 && !isMessage(draft))
          throw new AppError('BAD_USER_INPUT', 'files go with a message');
        const time = wish.sendAt === null ? accept(null) : decideSendAt(wish.sendAt, deps.now());
        if (!time.ok) return async () => about(draftReads(actor, facts, []), time);
        if (!isMessage(draft)) return store(deps, tx, actor, draft, wish);
        if (time.value === null) return send(deps, tx, actor, draft, wish);
        const waiting = await wait(deps, tx, actor, draft, { ...wish, sendAt: time.value });
        return async () => about(draftReads(actor, facts, waiting.ok ? [draft] : []), waiting);
      },
      (tx, rest) => rest(tx),
    ),
  );

async function send(deps: Deps, tx: Tx, actor: Actor, draft: MessageDraft, wish: SendingWish): Promise<Rest> {
  const posted = await postingOf(draft, guardingOf(wish)).post(deps, tx, actor);
  const { answer } = posted;
  if (!answer.ok) return async () => about<Outcome>(readsOfPosting(actor, posted), answer);
  await drafts.remove(tx, draft.id);
  return async (service) => {
    await passOn(service, posted);
    return about(readsOfPosting(actor, posted), accept({ kind: 'sent', message: answer.value }));
  };
}

/** Checked as if it were sent now; and judged by the names that will be known when it is. */
async function wait(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  draft: MessageDraft,
  wish: SendingWish & { readonly sendAt: Date },
): Promise<Outcome> {
  const knownNames = namesInText(draft, wish.knownNames);
  const weighed = await postingOf(draft, guardingOf({ ...wish, knownNames })).weigh(deps, tx, actor);
  if (!weighed.ok) return weighed;
  const { sendAt, attachmentIds } = wish;
  const waiting = await drafts.schedule(tx, draft.id, { sendAt, knownNames, attachmentIds });
  if (waiting === undefined) throw new AppError('CONFLICT', 'a draft was sent at the same time');
  return accept({ kind: 'waits', draft: waiting });
}

async function store(deps: Deps, tx: Tx, actor: Actor, draft: Draft, wish: SendingWish): Promise<Rest> {
  if (draft.aim.kind !== 'BROADCAST') throw new AppError('INTERNAL', 'a message is no text to many');
  const { places, isStarting, urgentReason } = draft.aim;
  const stored = await takeInBroadcast(deps, tx, actor, {
    ...{ places, isStarting, urgentReason, text: { title: draft.subject, body: draft.body } },
    ...{ isReread: wish.isReread, sendAt: wish.sendAt, confirmation: wish.confirmation, files: [] },
    idempotencyKey: sendingKeyOf(draft.id),
  });
  if (stored.ok) await drafts.remove(tx, draft.id);
  return async () =>
    aboutNobody<Outcome>(stored.ok ? accept({ kind: 'stored', broadcast: stored.value }) : stored);
}

/** What a draft has become that is there no more: the same answer again for who wrote it, and for nobody else. */
async function sentBefore(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Rest> {
  if (!('personId' in actor)) throw new AppError('NOT_FOUND');
  const key = sendingKeyOf(id);
  const message = await messages.underKey(tx, actor.personId, key);
  const facts = await loadMailFacts(deps, tx, actor, message === undefined ? [] : [message]);
  if (message !== undefined) {
    if (message.authorAs !== actor.kind || !maySeeMessage(actor, facts, message))
      throw new AppError('NOT_FOUND');
    return async () => about(mailReads(actor, facts, [message]), accept({ kind: 'sent', message }));
  }
  const broadcast = await broadcasts.underKey(tx, actor.personId, key);
  if (broadcast === null) throw new AppError('NOT_FOUND');
  mayTakeBack(actor, facts, broadcast);
  return async () => aboutNobody(accept({ kind: 'stored', broadcast }));
}

const guardingOf = ({ isReread, knownNames, attachmentIds }: SendingWish) => ({
  ...{ isReread, knownNames, attachmentIds },
});
