import type { ChildResolvers } from './generated/types.ts';

export const child: Pick<ChildResolvers, '__resolveReference'> = {
  __resolveReference: ({ id }, { children }) => children.load(id),
};
