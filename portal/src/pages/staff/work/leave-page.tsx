import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { Leave, type LeaveQuery } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { NotFound } from '../../common/not-found.tsx';
import { AtWork } from '../at-work.tsx';
import { ComplaintForm } from './complaint-form.tsx';
import { DecisionForm } from './decision-form.tsx';
import { ledUnits } from './whose-work.ts';

export type OpenLeave = NonNullable<LeaveQuery['leave']>;

/** One application for leave: what was written, how much the child has had, and the decision (LEA-03). */
export default function LeavePage(): ReactNode {
  const { t } = useWords();
  const { id = '' } = useParams();
  const answer = useGraph(Leave, { id });
  return (
    <AtWork title={t('leave.title')}>
      {({ roles }) => (
        <Read from={answer}>
          {({ data: { leave }, faults }) =>
            leave !== null ? (
              <Opened leave={leave} leads={ledUnits(roles).has(leave.unit?.id ?? '')} />
            ) : faults.get('leave') === 'NOT_FOUND' ? (
              <NotFound />
            ) : (
              <Unread />
            )
          }
        </Read>
      )}
    </AtWork>
  );
}

function Opened({ leave, leads }: { readonly leave: OpenLeave; readonly leads: boolean }): ReactNode {
  const { t, name, longDay, instant } = useWords();
  const called = name(leave.child?.name, t('app.child'));
  const waiting = leave.complaints.find(({ state }) => state === 'RECEIVED');
  const isForOther = leave.decider === 'LEADER' && !leads;
  return (
    <Page title={t('leave.of', { name: called })}>
      <p>
        <Link to="/tasks" className="ds-link touch">
          {t('work.back')}
        </Link>
      </p>
      <dl className="facts">
        <dt>{t('leave.days')}</dt>
        <dd>
          {leave.firstDay === leave.lastDay
            ? longDay(leave.firstDay)
            : `${longDay(leave.firstDay)} – ${longDay(leave.lastDay)}`}
          , {t('leave.schoolDays', { count: leave.schoolDays })}
        </dd>
        <dt>{t('leave.what')}</dt>
        <dd>
          {t(`leave.kind.${leave.kind}`)}
          {leave.isAwayAfterSchool && `. ${t('leave.alsoAfterSchool')}`}
        </dd>
        <dt>{t('leave.state')}</dt>
        <dd>
          {t(`leave.state.${leave.state}`)}, {t('leave.appliedAt', { time: instant(leave.appliedAt) })}
        </dd>
        {leave.child?.leaveQuota != null && leave.kind === 'GENERAL' && (
          <>
            <dt>{t('leave.quota')}</dt>
            <dd>
              {t('leave.had', { count: leave.child.leaveQuota.granted })}{' '}
              {leave.child.leaveQuota.daysInAll !== null &&
                t('leave.ofAll', { count: leave.child.leaveQuota.daysInAll })}
            </dd>
          </>
        )}
        <dt>{t('leave.hearing')}</dt>
        <dd>{t(`leave.hearing.${leave.childHearing}`)}</dd>
      </dl>
      <Written leave={leave} />
      {leave.state === 'APPLIED' ? (
        isForOther ? (
          <p className="ds-alert" data-color="info">
            {t('leave.forLeader')}
          </p>
        ) : (
          <DecisionForm leave={leave} />
        )
      ) : (
        waiting !== undefined && leads && <ComplaintForm leave={leave} complaint={waiting} />
      )}
    </Page>
  );
}

/** What was written by home, and why it was decided as it was. For whoever decides, and nobody else (LEA-09). */
function Written({ leave: { file, complaints } }: { readonly leave: OpenLeave }): ReactNode {
  const { t } = useWords();
  if (file === null) return null;
  const texts = [
    ...(file.reason === null ? [] : [{ word: 'leave.reason', text: file.reason } as const]),
    ...(file.childView === null ? [] : [{ word: 'leave.childView', text: file.childView } as const]),
    ...file.objections.map((text) => ({ word: 'leave.objection', text }) as const),
    ...(file.decisionReasons === null
      ? []
      : [{ word: 'leave.decisionReasons', text: file.decisionReasons } as const]),
    ...complaints.flatMap(({ text }) => (text === null ? [] : [{ word: 'leave.complaint', text } as const])),
  ];
  return (
    <>
      {file.isObjectedTo && (
        <p className="ds-alert" data-color="warning">
          {t('leave.objectedTo')}
        </p>
      )}
      {texts.map(({ word, text }, at) => (
        <section key={at} aria-label={t(word)}>
          <h2 className="ds-heading" data-size="2xs">
            {t(word)}
          </h2>
          <p className="letter" dir="auto">
            {text}
          </p>
        </section>
      ))}
    </>
  );
}
