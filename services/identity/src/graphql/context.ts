import { loaderById } from '@ranselpost/kit/loader';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import type { Deps } from '../usecases/deps.ts';
import { readChildren } from '../usecases/read-children.ts';
import { readGroups, readUnits } from '../usecases/read-units.ts';
import { readViewer } from '../usecases/read-viewer.ts';
import type { Context } from './types.ts';

export const contextFor =
  (deps: Deps) =>
  (actor: Actor): Context => ({
    actor,
    viewer: async () => (isPerson(actor) ? readViewer(deps, actor) : null),
    children: loaderById((ids) => readChildren(deps, actor, ids)),
    units: loaderById((ids) => readUnits(deps, actor, ids)),
    groups: loaderById((ids) => readGroups(deps, actor, ids)),
  });
