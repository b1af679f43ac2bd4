import { about, aboutNobody } from '@ranselpost/kit/answer';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { InboxEntry } from '../domain/inbox.ts';
import { maySeeEntry, maySeeMessage } from '../domain/policy.ts';
import type { Message } from '../domain/thread.ts';
import * as inbox from '../store/inbox.ts';
import * as messages from '../store/messages.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** A page, newest first, after something. */
export interface Page {
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly first: number;
}

/** Who asks for their inbox: nobody but a person has one. */
function owner(actor: Actor): PersonActor {
  if (!isPerson(actor)) throw new AppError('NOT_FOUND');
  return actor;
}

/** What lies in the actor's own inbox: one more than wanted when there is more. */
export function readInbox(
  deps: Deps,
  actor: Actor,
  page: Page & { readonly isArchived: boolean },
): Promise<readonly InboxEntry[]> {
  return deps.db.asActor(actor, async (tx) => {
    const entries = await inbox.list(tx, owner(actor), page);
    const facts = await loadMailFacts(deps, tx, actor, entries);
    const shown = entries.filter((entry) => maySeeEntry(actor, facts, entry));
    return about(mailReads(actor, facts, shown), shown);
  });
}

/** How many threads are unread, up to a number. Whatever may not be read is not counted (GUA-13). */
export function countUnread(deps: Deps, actor: Actor): Promise<number> {
  return deps.db.asActor(actor, async (tx) => {
    const entries = await inbox.unread(tx, owner(actor));
    const facts = await loadMailFacts(deps, tx, actor, entries);
    return aboutNobody(entries.filter((entry) => maySeeEntry(actor, facts, entry)).length);
  });
}

/** How some threads lie in the actor's own inbox. */
export function readEntries(
  deps: Deps,
  actor: Actor,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, InboxEntry>> {
  return deps.db.asActor(actor, async (tx) => {
    const entries = isPerson(actor) ? await inbox.ofThreads(tx, actor, threadIds) : [];
    const facts = await loadMailFacts(deps, tx, actor, entries);
    const shown = entries.filter((entry) => maySeeEntry(actor, facts, entry));
    return about(mailReads(actor, facts, shown), new Map(shown.map((entry) => [entry.threadId, entry])));
  });
}

/** Messages that reached the actor and say something: one more than wanted when there are more. */
export function searchMessages(
  deps: Deps,
  actor: Actor,
  wanted: Page & { readonly words: string },
): Promise<readonly Message[]> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await messages.search(tx, owner(actor), wanted);
    const facts = await loadMailFacts(deps, tx, actor, found);
    const shown = found.filter((message) => maySeeMessage(actor, facts, message));
    return about(mailReads(actor, facts, shown), shown);
  });
}
