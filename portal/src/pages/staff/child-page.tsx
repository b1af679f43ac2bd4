import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import { useDay } from '../../day.ts';
import { ChildForStaff, type ChildForStaffQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Away, Loading, Unread } from '../../parts/states.tsx';
import { daysAfter, writeWeekday } from '../../words/dates.ts';
import { type Words, useWords } from '../../words/words.ts';
import { NotFound } from '../common/not-found.tsx';
import { AbsenceYear } from './absence-year.tsx';
import { ReportSheet } from './report-sheet.tsx';
import { CaseLink } from './work/case-link.tsx';
import { OpenCase } from './work/open-case.tsx';
import { schoolYearOf } from './school-year.ts';

type Child = NonNullable<ChildForStaffQuery['child']>;

const aMonday = '2024-01-01';

/** A child in somebody's charge: who it is, who answers for it, and when it was away. Each reading is in the log that guardians see. */
export default function ChildPage(): ReactNode {
  const { id = '' } = useParams();
  const today = useDay();
  const schoolYear = schoolYearOf(today);
  const { t, name } = useWords();
  const [isReporting, setReporting] = useState(false);
  const answer = useGraph(ChildForStaff, {
    id,
    schoolYear,
    from: `${schoolYear}-08-01`,
    to: `${schoolYear + 1}-07-31`,
  });
  if (answer.data === undefined)
    return answer.isError ? <Away again={() => void answer.refetch()} /> : <Loading />;
  const { data, faults } = answer.data;
  if (data.child === null) return faults.get('child') === 'UNAVAILABLE' ? <Unread /> : <NotFound />;
  const { child } = data;
  const called = name(child.name, t('app.child'));
  const current = child.enrolments.filter(({ from, to }) => from <= today && (to === null || today < to));
  const units = [...new Map(current.map(({ unit }) => [unit.id, unit])).values()];
  return (
    <Page title={called}>
      <ul className="lines">
        {current.map((enrolment) => (
          <li key={enrolment.id}>
            <strong>{enrolment.unit.name}</strong>{' '}
            <span className="quiet">{enrolment.groups.map((group) => group.name).join(', ')}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="ds-button" onClick={() => setReporting(true)}>
          {t('child.report')}
        </button>
        <Link to={`/inbox/new?child=${child.id}`} className="ds-button" data-variant="secondary">
          {t('child.write')}
        </Link>
        <Link to={`/children/${child.id}/events`} className="ds-link touch">
          {t('announce.place')}
        </Link>
      </div>
      <p className="quiet">{t('child.logged')}</p>
      <section aria-labelledby="guardians">
        <h2 className="ds-heading" data-size="sm" id="guardians">
          {t('child.guardians')}
        </h2>
        {child.guardians.length === 0 && <p className="quiet">{t('child.noGuardians')}</p>}
        <ul className="lines">
          {child.guardians.map((guardian) => (
            <li key={guardian.id}>{name(guardian.name, t('app.someone'))}</li>
          ))}
        </ul>
        <CaseLink childId={child.id} unitIds={units.map((unit) => unit.id)} />
      </section>
      <Stays child={child} />
      <section aria-labelledby="year">
        <h2 className="ds-heading" data-size="sm" id="year">
          {t('child.year', { from: String(schoolYear), to: String(schoolYear + 1) })}
        </h2>
        <OpenCase childId={child.id} unitIds={units.map((unit) => unit.id)} />
        {child.absenceSummary !== null && <Summary {...child.absenceSummary} />}
        {child.absences === null ? (
          <Unread />
        ) : (
          <AbsenceYear
            absences={child.absences.nodes}
            hasMore={child.absences.pageInfo.hasNextPage}
            schoolYear={schoolYear}
          />
        )}
      </section>
      {isReporting && (
        <ReportSheet childId={child.id} called={called} units={units} close={() => setReporting(false)} />
      )}
    </Page>
  );
}

function Summary({ days, leaveDays, hours }: NonNullable<Child['absenceSummary']>): ReactNode {
  const { t } = useWords();
  return (
    <p>
      {t('child.days', { count: days })} {leaveDays > 0 && t('child.leaveDays', { count: leaveDays })}{' '}
      {hours === null ? t('child.hoursUnknown') : t('child.hours', { count: hours })}
    </p>
  );
}

function Stays({ child: { stays } }: { readonly child: Child }): ReactNode {
  const words = useWords();
  const { t } = words;
  if (stays === null || stays.length === 0) return null;
  return (
    <section aria-labelledby="stays">
      <h2 className="ds-heading" data-size="sm" id="stays">
        {t('child.stays')}
      </h2>
      <ul className="lines">
        {stays.map((stay) => (
          <li key={`${stay.unit.id} ${stay.weekday} ${stay.day}`}>
            <strong>
              {stay.day === null
                ? writeWeekday(words.language, daysAfter(aMonday, (stay.weekday ?? 1) - 1))
                : words.longDay(stay.day)}
            </strong>{' '}
            {homeOf(stay, words)} <span className="quiet">{stay.unit.name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function homeOf(stay: NonNullable<Child['stays']>[number], { t, time }: Words): string {
  if (!stay.comes) return t('board.doesNotCome');
  const at = stay.leaves === null ? null : time(stay.leaves);
  const arrives = stay.arrives === null ? [] : [t('board.expected', { time: time(stay.arrives) })];
  const home =
    at === null
      ? stay.goesHome === 'FETCHED'
        ? [t('board.fetched')]
        : []
      : [
          t(
            stay.goesHome === 'ALONE'
              ? 'today.goesAlone'
              : stay.goesHome === 'FETCHED'
                ? 'today.fetched'
                : 'board.leaves',
            { time: at },
          ),
        ];
  return [...arrives, ...home].join(' · ');
}
