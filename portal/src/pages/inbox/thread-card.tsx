import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { InboxQuery } from '../../graph/generated/operations.ts';
import { Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { type AboutChild, useKnown } from './known.ts';

type InInbox = NonNullable<NonNullable<InboxQuery['inbox']>['nodes'][number]['thread']>;

/** A thread as lists have it, with the newest message alone. */
export type ListedThread = Omit<InInbox, 'children'> & { readonly children: readonly AboutChild[] };

/** A thread in a list: about whom, with whom, and how the newest message begins. */
export function ThreadCard({
  thread,
  isUnread,
  at,
  children,
}: {
  readonly thread: ListedThread;
  readonly isUnread: boolean;
  readonly at: string;
  /** What can be done with it. */
  readonly children?: ReactNode;
}): ReactNode {
  const { t, name, instant } = useWords();
  const { called } = useKnown(thread.children);
  const newest = thread.messages?.nodes[0];
  const about = thread.children.map((child) => name(child.name, t('app.child'))).join(', ');
  const author = newest?.author ?? null;
  return (
    <article className="ds-card entry" data-unread={isUnread}>
      <div className="row">
        <h2 className="ds-heading" data-size="2xs">
          <Link to={`/inbox/${thread.id}`} className="ds-link">
            <bdi>{thread.subject ?? t('inbox.noSubject')}</bdi>
          </Link>
        </h2>
        {isUnread && (
          <span className="ds-tag" data-color="accent">
            {t('inbox.unread')}
          </span>
        )}
      </div>
      <p className="quiet">
        {about} · {thread.unit.name} · {instant(at)}
      </p>
      {thread.messages === null && <Unread />}
      {newest !== undefined && (
        <p className="excerpt" dir="auto">
          {author === null ? t('app.someone') : called(author.person.id, author.capacity)}:{' '}
          {newest.text ?? t(newest.state === 'MOVED' ? 'thread.moved' : 'thread.withdrawn')}
        </p>
      )}
      {children}
    </article>
  );
}
