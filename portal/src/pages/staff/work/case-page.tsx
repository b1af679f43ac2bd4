import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { GuardianshipCase, type GuardianshipCaseQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { NotFound } from '../../common/not-found.tsx';
import { Close, Lift } from './reasoned.tsx';
import { RestrictForm } from './restrict-form.tsx';

export type OpenCase = NonNullable<GuardianshipCaseQuery['guardianshipCase']>;

/** Who may see a child, what keeps somebody from it, and what waits to be looked at (GUA-06, GUA-12). */
export default function CasePage(): ReactNode {
  const { id = '' } = useParams();
  const answer = useGraph(GuardianshipCase, { childId: id });
  return (
    <Read from={answer}>
      {({ data: { guardianshipCase }, faults }) =>
        guardianshipCase !== null ? (
          <Opened about={guardianshipCase} />
        ) : faults.get('guardianshipCase') === 'NOT_FOUND' ? (
          <NotFound />
        ) : (
          <Unread />
        )
      }
    </Read>
  );
}

function Opened({ about }: { readonly about: OpenCase }): ReactNode {
  const { t, name, day, instant } = useWords();
  const { child, grants, restrictions, workItems, proposals } = about;
  const waiting = proposals.filter(({ state }) => state === 'WAITING');
  return (
    <Page title={t('case.of', { name: name(child.name, t('app.child')) })}>
      <p>
        <Link to="/tasks" className="ds-link touch">
          {t('work.back')}
        </Link>
      </p>
      {workItems.length > 0 && (
        <section aria-labelledby="items">
          <h2 className="ds-heading" data-size="sm" id="items">
            {t('case.items')}
          </h2>
          <ul className="lines">
            {workItems.map((item) => (
              <li key={item.id} className="row">
                <span>
                  {t(`case.item.${item.kind}`)}{' '}
                  <span className="quiet">{t('access.since', { time: instant(item.openedAt) })}</span>
                </span>
                <Close workItemId={item.id} of={t(`case.item.${item.kind}`)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="grants">
        <h2 className="ds-heading" data-size="sm" id="grants">
          {t('case.grants')}
        </h2>
        {grants.length === 0 && <p className="quiet">{t('case.noGrants')}</p>}
        <ul className="lines">
          {grants.map((grant) => (
            <li key={grant.id}>
              <strong>{name(grant.adult.name, t('inbox.guardian'))}</strong>: {t(`case.state.${grant.state}`)}
              <br />
              <span className="quiet">
                {[
                  t(`case.ground.${grant.ground}`),
                  ...grant.holds.map((hold) => t(`case.hold.${hold}`)),
                  ...(grant.endsOn === null ? [] : [t('access.until', { day: day(grant.endsOn) })]),
                ].join(', ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="restrictions">
        <h2 className="ds-heading" data-size="sm" id="restrictions">
          {t('case.restrictions')}
        </h2>
        {restrictions.length === 0 && <p className="quiet">{t('case.noRestrictions')}</p>}
        <ul className="lines">
          {restrictions.map((one) => {
            const of = `${t(`case.kind.${one.kind}`)}, ${one.adult === null ? t('case.everybody') : name(one.adult.name, t('app.someone'))}`;
            return (
              <li key={one.id} className="row">
                <span>
                  <strong>{of}</strong>
                  <br />
                  <span className="quiet">
                    {t(`case.authority.${one.authority}`)}.{' '}
                    {t(one.closesAccess ? 'case.closes' : 'case.keepsView')}{' '}
                    {t('case.reviewOn', { day: day(one.reviewOn) })}
                  </span>
                  {one.note !== null && (
                    <>
                      <br />
                      <span dir="auto">{one.note}</span>
                    </>
                  )}
                </span>
                <Lift restrictionId={one.id} of={of} />
              </li>
            );
          })}
        </ul>
      </section>
      {waiting.length > 0 && (
        <p className="ds-alert" data-color="info">
          {t('case.waiting', { count: waiting.length })}
        </p>
      )}
      <RestrictForm about={about} />
    </Page>
  );
}
