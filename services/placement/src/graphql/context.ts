import type { Database } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import DataLoader from 'dataloader';
import type { Statutes } from '../domain/statutes.ts';
import type { Deps } from '../usecases/deps.ts';
import { readCriteria, readStatutes } from '../usecases/read-statutes.ts';

/** What resolvers get, fresh for each request. */
export interface Context {
  readonly actor: Actor;
  readonly deps: Deps;
  readonly statutes: DataLoader<string, readonly Statutes[] | 'hidden' | null>;
  readonly criteria: DataLoader<string, Statutes | 'hidden' | null>;
}

export const contextFor =
  (all: Deps) =>
  (actor: Actor, db: Database): Context => {
    const deps = { ...all, db };
    return {
      actor,
      deps,
      statutes: new DataLoader((ids: readonly string[]) => readStatutes(deps, actor, ids)),
      criteria: new DataLoader((ids: readonly string[]) => readCriteria(deps, actor, ids)),
    };
  };
