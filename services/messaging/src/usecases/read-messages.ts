import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type ArchivePrompt, archivePromptOf } from '../domain/archive-prompt.ts';
import { maySeeMessage } from '../domain/policy.ts';
import type { Message } from '../domain/thread.ts';
import * as messages from '../store/messages.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** A page of a thread: newest message first, after another. */
export interface ThreadPage {
  readonly threadId: string;
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly first: number;
}

/** For each thread asked about, one message more than wanted when there are more; of those that the actor may read. */
export function readThreadMessages(
  deps: Deps,
  actor: Actor,
  wanted: readonly ThreadPage[],
): Promise<readonly (readonly Message[])[]> {
  return deps.db.asActor(actor, async (tx) => {
    const pages = await messages.list(tx, wanted);
    const facts = await loadMailFacts(deps, tx, actor, pages.flat());
    const shown = pages.map((page) => page.filter((message) => maySeeMessage(actor, facts, message)));
    return about(mailReads(actor, facts, shown.flat()), shown);
  });
}

/** Messages by id, those that the actor may read. */
export function readMessages(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Message>> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await messages.byIds(tx, ids);
    const facts = await loadMailFacts(deps, tx, actor, found);
    const shown = found.filter((message) => maySeeMessage(actor, facts, message));
    return about(mailReads(actor, facts, shown), new Map(shown.map((message) => [message.id, message])));
  });
}

/** What staff are asked beside a message that they read; guardians are asked nothing (MSG-20). */
export const readArchivePrompt = (actor: Actor, { body }: Message): ArchivePrompt | null =>
  actor.kind === 'staff' && body !== null ? archivePromptOf(body) : null;
