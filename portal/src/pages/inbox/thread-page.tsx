import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { MarkThread, MessageReaders, Thread, type ThreadQuery } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';
import { AnswerForm } from './answer-form.tsx';
import { Letter } from './letter.tsx';
import { usePeople } from './use-people.ts';

export type OpenThread = NonNullable<ThreadQuery['thread']>;

/** One thread: who reads it, what was written, and a form to answer. */
export default function ThreadPage(): ReactNode {
  const { id = '' } = useParams();
  const answer = useGraph(Thread, { id, after: null });
  return (
    <Read from={answer}>
      {({ data: { thread }, faults }) =>
        thread !== null ? (
          <Opened key={thread.id} thread={thread} />
        ) : faults.get('thread') === 'NOT_FOUND' ? (
          <NotFound />
        ) : (
          <Unread />
        )
      }
    </Read>
  );
}

function Opened({ thread }: { readonly thread: OpenThread }): ReactNode {
  const { t, name } = useWords();
  const { called } = usePeople();
  const isRead = useMarkedRead(thread);
  const readersAnswer = useGraph(MessageReaders, {
    childIds: thread.children.map((child) => child.id),
    unitId: thread.unit.id,
  });
  const known = readersAnswer.data?.data.messageReaders ?? null;
  const answerable = thread.messages?.nodes.find(({ state }) => state === 'SENT');
  const about = thread.children.map((child) => name(child.name, t('app.child'))).join(', ');
  const readers = [
    ...new Set(thread.participants.map(({ person, capacity }) => called(person.id, capacity))),
  ];
  return (
    <Page title={thread.subject ?? t('inbox.noSubject')}>
      <p className="quiet">
        {about} · {thread.unit.name}
      </p>
      <p>
        {t('thread.readers', { names: readers.join(', ') })}{' '}
        {t(known?.otherStaff === 'ALL_STAFF' ? 'write.allStaff' : 'write.staffInCharge', {
          unit: thread.unit.name,
        })}
      </p>
      <Actions thread={thread} isRead={isRead} />
      {thread.messages === null ? <Unread /> : <Letters messages={thread.messages} threadId={thread.id} />}
      {!thread.isOpen ? (
        <p className="ds-alert" data-color="info">
          {t('thread.closed')}
        </p>
      ) : (
        answerable !== undefined && (
          <AnswerForm answers={answerable} thread={thread} level={known?.guardLevel ?? 'SCHOOL'} />
        )
      )}
    </Page>
  );
}

/** Marks a thread as read when it is opened, and again when something comes while it is open. */
function useMarkedRead({ id, inboxEntry }: OpenThread): boolean {
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

function Actions({ thread, isRead }: { readonly thread: OpenThread; readonly isRead: boolean }): ReactNode {
  const { t } = useWords();
  const [, goTo] = useLocation();
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

type Messages = NonNullable<OpenThread['messages']>;

/** A page of messages, oldest first; those before it above, once they are asked for. */
function Letters({
  messages,
  threadId,
}: {
  readonly messages: Messages;
  readonly threadId: string;
}): ReactNode {
  const { t } = useWords();
  return (
    <>
      {messages.pageInfo.hasNextPage && (
        <More label={t('thread.earlier')}>
          {() => <Earlier threadId={threadId} after={messages.pageInfo.endCursor} />}
        </More>
      )}
      <ol className="cards">
        {messages.nodes.toReversed().map((message) => (
          <li key={message.id}>
            <Letter message={message} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Earlier({
  threadId,
  after,
}: {
  readonly threadId: string;
  readonly after: string | null;
}): ReactNode {
  const answer = useGraph(Thread, { id: threadId, after });
  return (
    <Read from={answer}>
      {({ data: { thread } }) =>
        thread?.messages == null ? <Unread /> : <Letters messages={thread.messages} threadId={threadId} />
      }
    </Read>
  );
}
