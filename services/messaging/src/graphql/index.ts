import { scalars } from '@ranselpost/kit/scalars';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { message } from './message.ts';
import { messageReaders } from './message-readers.ts';
import { releaseMessage } from './release-message.ts';
import { sendMessage } from './send-message.ts';
import { startThread } from './start-thread.ts';
import { thread, threadById } from './thread.ts';

const query: Required<QueryResolvers> = { messageReaders, thread: threadById };
const mutation: Required<MutationResolvers> = { releaseMessage, sendMessage, startThread };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = { ...scalars, Query: query, Mutation: mutation, Message: message, Thread: thread };
