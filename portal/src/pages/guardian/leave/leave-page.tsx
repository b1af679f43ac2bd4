import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useDay } from '../../../day.ts';
import { GuardianLeaves, type GuardianLeavesQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { ApplyForm } from './apply-form.tsx';
import { OneLeave } from './one-leave.tsx';

export type LeaveChild = NonNullable<GuardianLeavesQuery['viewer']>['children'][number];

/** Leave from school: to apply for it, and what became of what was applied for. */
export default function LeavePage(): ReactNode {
  const { t, name } = useWords();
  const today = useDay();
  const answer = useGraph(GuardianLeaves, {});
  return (
    <Page title={t('leave.title')}>
      <p>
        <Link to="/absence" className="ds-link touch">
          {t('apply.toAbsence')}
        </Link>
      </p>
      <Read from={answer}>
        {({ data: { viewer } }) => {
          if (viewer === null) return <Unread />;
          const places = viewer.children.flatMap((child) =>
            child.enrolments
              .filter(({ unit, to }) => unit.kind === 'SCHOOL' && (to === null || to > today))
              .map(({ unit }) => ({ key: `${child.id} ${unit.id}`, child, unit })),
          );
          if (places.length === 0) return <p>{t('apply.nowhere')}</p>;
          return (
            <>
              {viewer.children.map(
                (child) =>
                  places.some((place) => place.child.id === child.id) && (
                    <section key={child.id} aria-labelledby={`leaves-${child.id}`}>
                      <h2 className="ds-heading" data-size="sm" id={`leaves-${child.id}`}>
                        {name(child.name, t('app.child'))}
                      </h2>
                      <Leaves child={child} />
                    </section>
                  ),
              )}
              <ApplyForm places={places} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function Leaves({ child: { leaveQuota, leaves } }: { readonly child: LeaveChild }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {leaveQuota !== null && (
        <p className="quiet">
          {t('leave.had', { count: leaveQuota.granted })}{' '}
          {leaveQuota.daysInAll !== null && t('leave.ofAll', { count: leaveQuota.daysInAll })}
        </p>
      )}
      {leaves === null && <Unread />}
      {leaves?.nodes.length === 0 && <p className="quiet">{t('apply.none')}</p>}
      <ul className="cards">
        {leaves?.nodes.map((leave) => (
          <li key={leave.id} className="ds-card">
            <OneLeave leave={leave} />
          </li>
        ))}
      </ul>
    </>
  );
}
