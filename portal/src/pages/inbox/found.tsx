import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { SearchMessages } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { More } from '../../parts/more.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { useKnown } from './known.ts';

/** Messages that say what was sought. */
export function Found({
  words,
  after = null,
}: {
  readonly words: string;
  readonly after?: string | null;
}): ReactNode {
  const { t, instant } = useWords();
  const { called } = useKnown();
  const answer = useGraph(SearchMessages, { words, after });
  return (
    <Read from={answer}>
      {({ data: { searchMessages } }) =>
        searchMessages === null ? (
          <Unread />
        ) : (
          <>
            {after === null && (
              <p role="status">
                {t(searchMessages.nodes.length === 0 ? 'inbox.nothingFound' : 'inbox.found', { words })}
              </p>
            )}
            <ul className="cards">
              {searchMessages.nodes.map(({ id, text, sentAt, author, thread }) => (
                <li key={id} className="ds-card">
                  <Link to={`/inbox/${thread?.id ?? ''}`} className="ds-link">
                    <bdi>{thread?.subject ?? t('inbox.noSubject')}</bdi>
                  </Link>
                  <p className="quiet">
                    {author === null ? t('app.someone') : called(author.person.id, author.capacity)} ·{' '}
                    {thread?.unit.name} · {instant(sentAt)}
                  </p>
                  <p className="excerpt" dir="auto">
                    {text}
                  </p>
                </li>
              ))}
            </ul>
            {searchMessages.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => <Found words={words} after={searchMessages.pageInfo.endCursor} />}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}
