import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { AccessReview, type AccessReviewQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { More } from '../../../parts/more.tsx';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { NotFound } from '../../common/not-found.tsx';

type Reviewed = NonNullable<NonNullable<AccessReviewQuery['unit']>['accessReview']>['nodes'][number];

/** Everybody who can see the children of a unit, and by what ground, for its leader (D09). */
export default function AccessPage(): ReactNode {
  const { t } = useWords();
  const { id = '' } = useParams();
  return (
    <Page title={t('work.access')}>
      <p>
        <Link to="/tasks" className="ds-link touch">
          {t('work.back')}
        </Link>
      </p>
      <p>{t('access.unitLead')}</p>
      <Review unitId={id} />
    </Page>
  );
}

function Review({
  unitId,
  after = null,
}: {
  readonly unitId: string;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(AccessReview, { unitId, after });
  return (
    <Read from={answer}>
      {({ data: { unit }, faults }) => {
        const review = unit?.accessReview;
        if (review == null) return faults.get('unit.accessReview') === undefined ? <NotFound /> : <Unread />;
        return (
          <>
            <ul className="lines">
              {review.nodes.map((node) => (
                <li key={node.access.id}>
                  <Who node={node} />
                </li>
              ))}
            </ul>
            {review.pageInfo.hasNextPage && (
              <More label={t('mail.more')}>
                {() => <Review unitId={unitId} after={review.pageInfo.endCursor} />}
              </More>
            )}
          </>
        );
      }}
    </Read>
  );
}

function Who({ node }: { readonly node: Reviewed }): ReactNode {
  const { t, name, instant, day } = useWords();
  if ('child' in node) {
    const { access, child } = node;
    return (
      <>
        <strong>{name(access.guardian.name, t('inbox.guardian'))}</strong>: {name(child.name, t('app.child'))}
        <br />
        <span className="quiet">
          {t(`access.ground.${access.ground}`)}, {t('access.since', { time: instant(access.since) })}
        </span>
      </>
    );
  }
  const { access } = node;
  return (
    <>
      <strong>{name(access.staff.name, t('inbox.staff'))}</strong>: {access.group?.name ?? t('mail.all')}
      <br />
      <span className="quiet">
        {t(`access.role.${access.role}`)}
        {access.to !== null && `, ${t('access.until', { day: day(access.to) })}`}
      </span>
    </>
  );
}
