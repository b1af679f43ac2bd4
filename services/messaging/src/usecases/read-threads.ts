import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { maySeeThread } from '../domain/policy.ts';
import { type Thread, goesOn } from '../domain/thread.ts';
import * as audiences from '../store/audience.ts';
import * as inbox from '../store/inbox.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';

/** A thread as it is shown: whether anything may still be written in it. */
export interface ShownThread extends Thread {
  readonly isOpen: boolean;
}

/** Threads by id, those that the actor may read. */
export function readThreads(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownThread>> {
  return deps.db.asActor(actor, async (tx) => {
    const [found, entries] = await Promise.all([
      threads.byIds(tx, ids),
      // A guardian learns of what reached them alone: not that the other has written meanwhile (ADR-11, MSG-05).
      actor.kind === 'guardian' ? inbox.ofThreads(tx, actor, ids) : null,
    ]);
    const [facts, guardians] = await Promise.all([
      loadMailFacts(deps, tx, actor, found),
      audiences.guardians(tx, [...new Set(found.flatMap(({ childIds }) => childIds))]),
    ]);
    const shown = found.filter((thread) => maySeeThread(actor, facts, thread));
    const own = entries && new Map(entries.map((entry) => [entry.threadId, entry.lastMessageAt]));
    const read = shown.map((thread) => ({
      ...{ ...thread, isOpen: goesOn(thread, guardians) },
      lastMessageAt: own === null ? thread.lastMessageAt : (own.get(thread.id) ?? thread.startedAt),
    }));
    return about(mailReads(actor, facts, read), new Map(read.map((thread) => [thread.id, thread])));
  });
}
