import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { UnitNews, type UnitNewsQuery, WithdrawNews } from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { More } from '../../../parts/more.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { MailPage } from '../mail/mail-page.tsx';
import { PlaceChoice, type Roles, placesOf } from '../work-place.tsx';
import { EditForm } from './news-form.tsx';

export type OneNews = NonNullable<UnitNewsQuery['unitNews']>['nodes'][number];

/** What a unit has told the guardians of its children, and what of it waits to be out (M30). */
export default function NewsPage(): ReactNode {
  return <MailPage>{(roles) => <Chosen roles={roles} />}</MailPage>;
}

function Chosen({ roles }: { readonly roles: Roles }): ReactNode {
  const { t } = useWords();
  const places = placesOf(roles.map((role) => ({ ...role, group: null })));
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <>
      <Link to="/inbox/news/new" className="ds-button" data-variant="secondary">
        {t('news.new')}
      </Link>
      <PlaceChoice places={places} place={place} choose={setKey} />
      <Told key={place.key} unitId={place.unit.id} />
    </>
  );
}

function Told({
  unitId,
  after = null,
}: {
  readonly unitId: string;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(UnitNews, { unitId, after });
  return (
    <Read from={answer}>
      {({ data: { unitNews } }) =>
        unitNews === null ? (
          <Unread />
        ) : (
          <>
            {unitNews.nodes.length === 0 && after === null && <p className="quiet">{t('received.noNews')}</p>}
            <ul className="cards">
              {unitNews.nodes.map((one) => (
                <li key={one.id}>
                  <News one={one} />
                </li>
              ))}
            </ul>
            {unitNews.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => <Told unitId={unitId} after={unitNews.pageInfo.endCursor} />}
              </More>
            )}
          </>
        )
      }
    </Read>
  );
}

function News({ one }: { readonly one: OneNews }): ReactNode {
  const { t, instant, longDay } = useWords();
  const [isEditing, setEditing] = useState(false);
  const withdraw = useChange(WithdrawNews);
  const { state, publishing, publishedAt, editedAt, lastDay, title, body } = one;
  const called = title ?? t('received.withdrawn');
  const isStanding = publishing !== null && title !== null && state !== 'WITHDRAWN';
  return (
    <article className="ds-card">
      <div className="row">
        <h2 className="ds-heading" data-size="2xs" dir="auto">
          {called}
        </h2>
        <span className="ds-tag" data-color={state === 'NOT_PUBLISHED' ? 'danger' : 'neutral'}>
          {t(`news.state.${state}`)}
        </span>
      </div>
      <p className="quiet">
        {[
          ...(state === 'WAITING' && publishing !== null
            ? [t('news.dueAt', { time: instant(publishing.dueAt) })]
            : []),
          ...(publishedAt === null ? [] : [instant(publishedAt)]),
          ...(editedAt === null ? [] : [t('received.edited')]),
          ...(lastDay === null ? [] : [t('news.until', { day: longDay(lastDay) })]),
        ].join(' · ')}
      </p>
      <p className="letter" dir="auto">
        {body}
      </p>
      {isStanding && (
        <div className="row">
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            aria-label={`${t('news.edit')}: ${called}`}
            onClick={() => setEditing(true)}
          >
            {t('news.edit')}
          </button>
          <Asked
            label={t('mail.withdraw')}
            of={called}
            lead={t('news.withdrawLead')}
            isPending={withdraw.isPending}
            act={(done) => withdraw.mutate({ input: { newsId: one.id } }, { onSuccess: done })}
            error={withdraw.error}
            refusal={undefined}
          />
        </div>
      )}
      {isEditing && title !== null && body !== null && (
        <Sheet title={t('news.edit')} close={() => setEditing(false)}>
          <EditForm news={{ ...one, title, body }} close={() => setEditing(false)} />
        </Sheet>
      )}
    </article>
  );
}
