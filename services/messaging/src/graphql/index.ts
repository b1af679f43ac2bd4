import { scalars } from '@ranselpost/kit/scalars';
import type { QueryResolvers } from './generated/types.ts';
import { thread, threadById } from './thread.ts';

const query: Required<QueryResolvers> = { thread: threadById };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = { ...scalars, Query: query, Thread: thread };
