import { about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { mayListUnit, maySeeThread } from '../domain/policy.ts';
import type { Thread } from '../domain/thread.ts';
import * as inbox from '../store/inbox.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';
import { loadMailFacts, mailReads } from './look.ts';
import type { Page } from './read-inbox.ts';

/** The threads of a unit that its staff may read: one more than wanted when there are more; null for everybody else. */
export function readUnitThreads(
  deps: Deps,
  actor: Actor,
  wanted: Page & { readonly unitId: string },
): Promise<readonly Thread[] | null> {
  return deps.db.asActor(actor, async (tx) => {
    const ids = await inbox.threadIdsOfUnit(tx, wanted.unitId, wanted);
    const found = await threads.byIds(tx, ids);
    const facts = await loadMailFacts(deps, tx, actor, found);
    if (!mayListUnit(actor, facts, wanted.unitId))
      return about<readonly Thread[] | null>(mailReads(actor, facts, []), null);
    const shown = ids
      .flatMap((id) => found.filter((thread) => thread.id === id))
      .filter((thread) => maySeeThread(actor, facts, thread));
    return about<readonly Thread[] | null>(mailReads(actor, facts, shown), shown);
  });
}
