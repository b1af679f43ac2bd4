import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { MarkThread, type ThreadQuery } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { Said } from '../../parts/said.tsx';
import { useWords } from '../../words/words.ts';

export type MarkedThread = Pick<NonNullable<ThreadQuery['thread']>, 'id' | 'inboxEntry'>;

/** Marks a thread as read when it is opened, and again when something comes while it is open. */
function useMarkedRead({ id, inboxEntry }: MarkedThread): boolean {
  const { mutate } = useChange(MarkThread);
  const marked = useRef<string | null>(null);
  const newest = inboxEntry?.lastMessageAt ?? null;
  const isUnread = inboxEntry?.isUnread ?? false;
  useEffect(() => {
    if (!isUnread || marked.current === newest) return;
    marked.current = newest;
    mutate({ input: { threadId: id, mark: 'READ' } });
  }, [id, isUnread, newest, mutate]);
  return !isUnread;
}

/** What is done with a thread in one's own inbox. It is marked as read by being shown. */
export function ThreadActions({ thread }: { readonly thread: MarkedThread }): ReactNode {
  const { t } = useWords();
  const [, goTo] = useLocation();
  const isRead = useMarkedRead(thread);
  const mark = useChange(MarkThread);
  const as = (wanted: 'UNREAD' | 'ARCHIVED' | 'UNARCHIVED'): void =>
    mark.mutate({ input: { threadId: thread.id, mark: wanted } }, { onSuccess: () => goTo('/inbox') });
  const isPutAway = thread.inboxEntry?.isArchived ?? false;
  return (
    <div className="row off-paper">
      <Link to="/inbox" className="ds-link touch">
        {t('thread.back')}
      </Link>
      {thread.inboxEntry !== null && (
        <>
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            disabled={!isRead || mark.isPending}
            onClick={() => as('UNREAD')}
          >
            {t('thread.markUnread')}
          </button>
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            disabled={mark.isPending}
            onClick={() => as(isPutAway ? 'UNARCHIVED' : 'ARCHIVED')}
          >
            {t(isPutAway ? 'inbox.takeBack' : 'inbox.putThisAway')}
          </button>
        </>
      )}
      <button type="button" className="ds-button" data-variant="tertiary" onClick={() => window.print()}>
        {t('thread.print')}
      </button>
      <Said error={mark.error} refusal={undefined} />
    </div>
  );
}
