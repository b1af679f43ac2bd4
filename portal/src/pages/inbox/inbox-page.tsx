import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { Inbox, type InboxQuery, MarkThread } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { Found } from './found.tsx';
import { Places } from './places.tsx';
import { usePeople } from './use-people.ts';

/** The threads of whoever is signed in, newest first. */
export default function InboxPage({ isPutAway = false }: { readonly isPutAway?: boolean }): ReactNode {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  return (
    <Page title={t('inbox.title')}>
      <Link to="/inbox/new" className="ds-button">
        {t('inbox.write')}
      </Link>
      <Places />
      <Search seek={setSought} />
      {sought === '' ? <Entries key={String(isPutAway)} isPutAway={isPutAway} /> : <Found words={sought} />}
    </Page>
  );
}

function Search({ seek }: { readonly seek: (words: string) => void }): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [words, setWords] = useState('');
  return (
    <form
      role="search"
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        seek(words.trim());
      }}
    >
      <label className="ds-label" htmlFor={id}>
        {t('inbox.search')}
      </label>
      <input
        className="ds-input"
        type="search"
        id={id}
        maxLength={200}
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          if (target.value === '') seek('');
        }}
      />
      <button type="submit" className="ds-button" data-variant="secondary">
        {t('inbox.find')}
      </button>
    </form>
  );
}

function Entries({
  isPutAway,
  after = null,
}: {
  readonly isPutAway: boolean;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Inbox, { archived: isPutAway, after });
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
                {() => <Entries isPutAway={isPutAway} after={inbox.pageInfo.endCursor} />}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}

type InboxEntry = NonNullable<InboxQuery['inbox']>['nodes'][number];

function Entry({ entry, isPutAway }: { readonly entry: InboxEntry; readonly isPutAway: boolean }): ReactNode {
  const { t, name, instant } = useWords();
  const { called } = usePeople();
  const mark = useChange(MarkThread);
  const { thread, isUnread } = entry;
  if (thread === null) return <Unread />;
  const newest = thread.messages?.nodes[0];
  const subject = thread.subject ?? t('inbox.noSubject');
  const about = thread.children.map((child) => name(child.name, t('app.child'))).join(', ');
  const author = newest?.author ?? null;
  return (
    <article className="ds-card entry" data-unread={isUnread}>
      <div className="row">
        <h2 className="ds-heading" data-size="2xs">
          <Link to={`/inbox/${thread.id}`} className="ds-link">
            <bdi>{subject}</bdi>
          </Link>
        </h2>
        {isUnread && (
          <span className="ds-tag" data-color="accent">
            {t('inbox.unread')}
          </span>
        )}
      </div>
      <p className="quiet">
        {about} · {thread.unit.name} · {instant(entry.lastMessageAt)}
      </p>
      {thread.messages === null && <Unread />}
      {newest !== undefined && (
        <p className="excerpt" dir="auto">
          {author === null ? t('app.someone') : called(author.person.id, author.capacity)}:{' '}
          {newest.text ?? t(newest.state === 'MOVED' ? 'thread.moved' : 'thread.withdrawn')}
        </p>
      )}
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
    </article>
  );
}
