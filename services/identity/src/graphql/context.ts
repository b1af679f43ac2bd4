import type { Database } from '@ranselpost/kit/database';
import { loaderById } from '@ranselpost/kit/loader';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import DataLoader from 'dataloader';
import type { GraphDeps } from '../usecases/deps.ts';
import { type ReadingsWanted, explainAccess, readAccessLogs } from '../usecases/explain-access.ts';
import { readCases } from '../usecases/read-cases.ts';
import { readChildren } from '../usecases/read-children.ts';
import { readUnitContacts, readUnitFeatures } from '../usecases/read-features.ts';
import { type GroupChildrenWanted, readGroupChildren } from '../usecases/read-group-children.ts';
import { readInformationRequests } from '../usecases/read-information-requests.ts';
import { readGroups, readUnits } from '../usecases/read-units.ts';
import { readSubstitutes } from '../usecases/read-roles.ts';
import { readShortNames } from '../usecases/read-short-names.ts';
import { readTablets } from '../usecases/pair-tablet.ts';
import { readViewer } from '../usecases/read-viewer.ts';
import { type ReviewWanted, reviewAccess } from '../usecases/review-access.ts';
import type { Context } from './types.ts';

export const contextFor =
  (all: GraphDeps) =>
  (actor: Actor, db: Database): Context => {
    const deps = { ...all, db };
    const units = loaderById((ids) => readUnits(deps, actor, ids));
    const groups = loaderById((ids) => readGroups(deps, actor, ids));
    return {
      actor,
      deps,
      viewer: async () => {
        if (!isPerson(actor)) return null;
        const viewer = await readViewer(deps, actor);
        // Read with the viewer, so that the start page takes one transaction and not three.
        for (const unit of viewer.units) units.prime(unit.id, unit);
        for (const group of viewer.groups) groups.prime(group.id, group);
        return viewer;
      },
      children: loaderById((ids) => readChildren(deps, actor, ids)),
      units,
      groups,
      groupChildren: new DataLoader(
        (wanted: readonly GroupChildrenWanted[]) => readGroupChildren(deps, actor, wanted),
        { cacheKeyFn },
      ),
      unitFeatures: loaderById((ids) => readUnitFeatures(deps, actor, ids)),
      unitContacts: loaderById((ids) => readUnitContacts(deps, actor, ids)),
      cases: loaderById((ids) => readCases(deps, actor, ids)),
      shortNames: loaderById((ids) => readShortNames(deps, actor, ids)),
      tablets: loaderById((ids) => readTablets(deps, actor, ids)),
      substitutes: loaderById((ids) => readSubstitutes(deps, actor, ids)),
      informationRequests: loaderById((ids) => readInformationRequests(deps, actor, ids)),
      explanations: loaderById((ids) => explainAccess(deps, actor, ids)),
      accessLogs: new DataLoader((wanted: readonly ReadingsWanted[]) => readAccessLogs(deps, actor, wanted), {
        cacheKeyFn,
      }),
      accessReviews: new DataLoader((wanted: readonly ReviewWanted[]) => reviewAccess(deps, actor, wanted), {
        cacheKeyFn,
      }),
    };
  };

const cacheKeyFn = (wanted: object): string => JSON.stringify(wanted);
