import type { ReactNode } from 'react';
import { MarkBroadcastRead, Received, type ReceivedQuery } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { Places } from './places.tsx';

/** What units have told: texts to many, and news. */
export default function ReceivedPage(): ReactNode {
  const { t, instant } = useWords();
  const answer = useGraph(Received, {});
  return (
    <Page title={t('inbox.received')}>
      <Places />
      <Read from={answer}>
        {({ data: { broadcasts, news } }) => (
          <>
            <section aria-labelledby="broadcasts">
              <h2 className="ds-heading" data-size="sm" id="broadcasts">
                {t('received.broadcasts')}
              </h2>
              {broadcasts === null && <Unread />}
              {broadcasts?.nodes.length === 0 && <p className="quiet">{t('received.noBroadcasts')}</p>}
              <ul className="cards">
                {broadcasts?.nodes.map((one) => (
                  <li key={one.id}>
                    <OneBroadcast one={one} />
                  </li>
                ))}
              </ul>
            </section>
            <section aria-labelledby="news">
              <h2 className="ds-heading" data-size="sm" id="news">
                {t('received.news')}
              </h2>
              {news === null && <Unread />}
              {news?.nodes.length === 0 && <p className="quiet">{t('received.noNews')}</p>}
              <ul className="cards">
                {news?.nodes.map((one) => (
                  <li key={one.id}>
                    <article className="ds-card">
                      <h3 className="ds-heading" data-size="2xs" dir="auto">
                        {one.title ?? t('received.withdrawn')}
                      </h3>
                      <p className="quiet">
                        {one.unit?.name} · {one.publishedAt !== null && instant(one.publishedAt)}
                        {one.editedAt !== null && ` · ${t('received.edited')}`}
                      </p>
                      <p className="letter" dir="auto">
                        {one.body}
                      </p>
                    </article>
                  </li>
                ))}
              </ul>
            </section>
          </>
        )}
      </Read>
    </Page>
  );
}

type Broadcast = NonNullable<ReceivedQuery['broadcasts']>['nodes'][number];

function OneBroadcast({ one }: { readonly one: Broadcast }): ReactNode {
  const { t, instant } = useWords();
  const open = useChange(MarkBroadcastRead);
  const isUnread = one.readAt === null && one.title !== null;
  return (
    <article className="ds-card entry" data-unread={isUnread}>
      <h3 className="ds-heading" data-size="2xs" dir="auto">
        {one.title ?? t('received.withdrawn')}
      </h3>
      <p className="quiet">
        {one.unit?.name} · {one.sentAt !== null && instant(one.sentAt)}
      </p>
      {one.body !== null && (
        <details
          onToggle={({ currentTarget }) => {
            if (currentTarget.open && isUnread) open.mutate({ input: { broadcastId: one.id } });
          }}
        >
          <summary>
            {t('received.read')}
            {isUnread && (
              <>
                {' '}
                <span className="ds-tag" data-color="accent">
                  {t('inbox.unread')}
                </span>
              </>
            )}
          </summary>
          <p className="letter" dir="auto">
            {one.body}
          </p>
        </details>
      )}
    </article>
  );
}
