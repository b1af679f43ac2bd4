import type { ChildRead } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import { type Aim, type Draft, childrenOf, unitOf } from '../domain/draft.ts';
import type { Guarding } from '../domain/guarded.ts';
import type { MailFacts } from '../domain/policy.ts';
import type { Refusal } from '../domain/thread.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import type { Posted } from './post.ts';
import { answerMessage, weighAnswer } from './send-message.ts';
import { beginThread, weighThread } from './start-thread.ts';

type Aimed = Pick<Draft, 'aim'>;

/** What a policy needs to know of an actor and what drafts are about. */
export const loadDraftFacts = (deps: Deps, tx: Tx, actor: Actor, drafts: readonly Aimed[]) =>
  loadMailFacts(
    deps,
    tx,
    actor,
    drafts.map(({ aim }) => ({ unitId: unitOf(aim), childIds: childrenOf(aim) })),
  );

/** Whom staff get to know of by being told what they have begun to write. */
export const draftReads = (actor: Actor, facts: MailFacts, drafts: readonly Aimed[]): readonly ChildRead[] =>
  mailReads(
    actor,
    facts,
    drafts.map(({ aim }) => ({ unitId: unitOf(aim), childIds: childrenOf(aim) })),
  );

/** The key of what a draft becomes: the same draft is sent once, whoever sends it. */
export const sendingKeyOf = (draftId: string): string => `draft:${draftId}`;

export type MessageDraft = Draft & { readonly aim: Exclude<Aim, { readonly kind: 'BROADCAST' }> };
export const isMessage = (draft: Draft): draft is MessageDraft => draft.aim.kind !== 'BROADCAST';

/** A draft of a message as it would be sent, by whoever and whenever: whether it may be, and sending it. */
export function postingOf(
  { id, aim, subject, body: text }: MessageDraft,
  how: Guarding & { readonly attachmentIds: readonly string[] },
): {
  readonly weigh: (deps: Deps, tx: Tx, actor: Actor) => Promise<Result<unknown, Refusal>>;
  readonly post: (deps: Deps, tx: Tx, actor: Actor) => Promise<Posted>;
} {
  const idempotencyKey = sendingKeyOf(id);
  if (aim.kind === 'ANSWER') {
    const { answersId, alsoGuardianIds } = aim;
    const wanted = { answersId, alsoGuardianIds, text, idempotencyKey, ...how };
    return {
      weigh: async (deps, tx, actor) => (await weighAnswer(deps, tx, actor, wanted)).decision,
      post: (deps, tx, actor) => answerMessage(deps, tx, actor, wanted),
    };
  }
  const wanted = { ...aim, subject, text, idempotencyKey, ...how };
  return {
    weigh: async (deps, tx, actor) => (await weighThread(deps, tx, actor, wanted)).decision,
    post: (deps, tx, actor) => beginThread(deps, tx, actor, wanted),
  };
}
