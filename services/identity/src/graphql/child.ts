import { readPage } from '@ranselpost/kit/connection';
import { readPlace, toLogPage } from './access-log-entry.ts';
import type { ChildResolvers } from './generated/types.ts';

export const child: Pick<
  ChildResolvers,
  '__resolveReference' | 'accessExplained' | 'accessLog' | 'restrictions' | 'shortName'
> = {
  __resolveReference: async ({ id }, { actor, children, shortNames }) => {
    if (actor.kind !== 'tablet') return children.load(id);
    // At a shared tablet there is what the child is called, and nothing else.
    return (await shortNames.load(id)) === null ? null : { id, name: null, guardians: [], enrolments: [] };
  },
  shortName: ({ id }, _arguments, { shortNames }) => shortNames.load(id),
  restrictions: async ({ id }, _arguments, { cases }) => (await cases.load(id))?.restrictions ?? [],
  accessExplained: ({ id }, _arguments, { explanations }) => explanations.load(id),
  accessLog: async ({ id }, page, { accessLogs }) => {
    const { first, after } = readPage(page);
    const readings = await accessLogs.load({ childId: id, first, after: readPlace(after) });
    return readings === null ? null : toLogPage(readings, first, after);
  },
};
