import { loaderById } from '@ranselpost/kit/loader';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type DataLoader from 'dataloader';
import type { Thread } from '../domain/thread.ts';
import type { Deps } from '../usecases/deps.ts';
import { readThreads } from '../usecases/read-threads.ts';

/** What stands behind the types of the graph. */
export type ThreadModel = Thread;

/** What resolvers get, fresh for each request. */
export interface Context {
  readonly actor: Actor;
  readonly deps: Deps;
  readonly threads: DataLoader<string, Thread | null>;
}

export const contextFor =
  (deps: Deps) =>
  (actor: Actor): Context => ({
    actor,
    deps,
    threads: loaderById((ids) => readThreads(deps, actor, ids)),
  });
