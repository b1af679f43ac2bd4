import { readPage } from '@ranselpost/kit/connection';
import { readPlace, toLogPage } from './access-log-entry.ts';
import type { ChildResolvers } from './generated/types.ts';

export const child: Pick<
  ChildResolvers,
  '__resolveReference' | 'accessExplained' | 'accessLog' | 'restrictions'
> = {
  __resolveReference: ({ id }, { children }) => children.load(id),
  restrictions: async ({ id }, _arguments, { cases }) => (await cases.load(id))?.restrictions ?? [],
  accessExplained: ({ id }, _arguments, { explanations }) => explanations.load(id),
  accessLog: async ({ id }, page, { accessLogs }) => {
    const { first, after } = readPage(page);
    const readings = await accessLogs.load({ childId: id, first, after: readPlace(after) });
    return readings === null ? null : toLogPage(readings, first, after);
  },
};
