import { about, readsOf } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { maySeeThread } from '../domain/policy.ts';
import type { Thread } from '../domain/thread.ts';
import * as threads from '../store/threads.ts';
import type { Deps } from './deps.ts';

/** Threads by id, those that the actor may read. */
export function readThreads(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Thread>> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await threads.byIds(tx, ids);
    const childIds = [...new Set(found.flatMap((thread) => thread.childIds))];
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const shown = found.filter((thread) => maySeeThread(actor, facts, thread));
    const told = shown.flatMap((thread) =>
      thread.childIds.map((childId) => ({ childId, unitId: thread.unitId })),
    );
    return about(readsOf('MESSAGE', actor, facts, told), new Map(shown.map((thread) => [thread.id, thread])));
  });
}
