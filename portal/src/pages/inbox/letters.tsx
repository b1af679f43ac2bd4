import type { ReactNode } from 'react';
import type { ThreadQuery, ThreadQueryVariables } from '../../graph/generated/operations.ts';
import type { Operation } from '../../graph/operation.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { Letter } from './letter.tsx';

type OpenThread = NonNullable<ThreadQuery['thread']>;
export type OneMessage = NonNullable<OpenThread['messages']>['nodes'][number];

/** Messages of a thread, newest first, as a page of them is read. */
export interface Messages<Message extends OneMessage> {
  readonly nodes: readonly Message[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export type ThreadOperation<Thread> = Operation<{ readonly thread: Thread | null }, ThreadQueryVariables>;

interface LettersProps<Message extends OneMessage> {
  readonly operation: ThreadOperation<{ readonly messages: Messages<Message> | null }>;
  readonly threadId: string;
  /** What can be done with a message. */
  readonly acts?: (message: Message) => ReactNode;
}

/** A page of messages, oldest first; those before it above, once they are asked for. */
export function Letters<Message extends OneMessage>({
  messages,
  ...props
}: LettersProps<Message> & { readonly messages: Messages<Message> }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {messages.pageInfo.hasNextPage && (
        <More label={t('thread.earlier')}>
          {() => <Earlier {...props} after={messages.pageInfo.endCursor} />}
        </More>
      )}
      <ol className="cards">
        {messages.nodes.toReversed().map((message) => (
          <li key={message.id}>
            <Letter message={message}>{props.acts?.(message)}</Letter>
          </li>
        ))}
      </ol>
    </>
  );
}

function Earlier<Message extends OneMessage>({
  after,
  ...props
}: LettersProps<Message> & { readonly after: string | null }): ReactNode {
  const answer = useGraph(props.operation, { id: props.threadId, after });
  return (
    <Read from={answer}>
      {({ data: { thread } }) =>
        thread?.messages == null ? <Unread /> : <Letters {...props} messages={thread.messages} />
      }
    </Read>
  );
}
