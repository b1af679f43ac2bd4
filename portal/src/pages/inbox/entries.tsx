import type { ReactNode } from 'react';
import { type InboxQuery, type InboxQueryVariables, MarkThread } from '../../graph/generated/operations.ts';
import type { Operation } from '../../graph/operation.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { type ListedThread, ThreadCard } from './thread-card.tsx';

type Page = NonNullable<InboxQuery['inbox']>;
interface InboxEntry {
  readonly isUnread: boolean;
  readonly lastMessageAt: string;
  readonly thread: ListedThread | null;
}
export type InboxOperation = Operation<
  { readonly inbox: { readonly nodes: readonly InboxEntry[]; readonly pageInfo: Page['pageInfo'] } | null },
  InboxQueryVariables
>;

/** A page of an inbox, newest message first, and what comes after it once it is asked for. */
export function Entries({
  operation,
  isPutAway,
  after = null,
}: {
  readonly operation: InboxOperation;
  readonly isPutAway: boolean;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(operation, { archived: isPutAway, after });
  return (
    <Read from={answer}>
      {({ data: { inbox } }) =>
        inbox === null ? (
          <Unread />
        ) : (
          <>
            {inbox.nodes.length === 0 && after === null && (
              <p className="quiet">{t(isPutAway ? 'inbox.nonePutAway' : 'inbox.none')}</p>
            )}
            <ul className="cards">
              {inbox.nodes.map((entry, at) => (
                <li key={entry.thread?.id ?? at}>
                  <Entry entry={entry} isPutAway={isPutAway} />
                </li>
              ))}
            </ul>
            {inbox.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => (
                  <Entries operation={operation} isPutAway={isPutAway} after={inbox.pageInfo.endCursor} />
                )}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}

function Entry({ entry, isPutAway }: { readonly entry: InboxEntry; readonly isPutAway: boolean }): ReactNode {
  const { t } = useWords();
  const mark = useChange(MarkThread);
  const { thread, isUnread } = entry;
  if (thread === null) return <Unread />;
  const subject = thread.subject ?? t('inbox.noSubject');
  return (
    <ThreadCard thread={thread} isUnread={isUnread} at={entry.lastMessageAt}>
      <button
        type="button"
        className="ds-button"
        data-variant="tertiary"
        disabled={mark.isPending}
        aria-label={`${t(isPutAway ? 'inbox.takeBack' : 'inbox.putThisAway')}: ${subject}`}
        onClick={() =>
          mark.mutate({ input: { threadId: thread.id, mark: isPutAway ? 'UNARCHIVED' : 'ARCHIVED' } })
        }
      >
        {t(isPutAway ? 'inbox.takeBack' : 'inbox.putThisAway')}
      </button>
      <Said error={mark.error} refusal={undefined} />
    </ThreadCard>
  );
}
