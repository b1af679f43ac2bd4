import { type ReactNode, useSyncExternalStore } from 'react';
import { type WaitingReport, waitingReports } from '../../offline/waiting-reports.ts';
import { useWords } from '../../words/words.ts';
import { ReportOutcome } from './report-outcome.tsx';

/** Reports of absence that nobody has taken yet, and what came of those that somebody has since. */
export function WaitingList(): ReactNode {
  const reports = useSyncExternalStore(waitingReports.subscribe, waitingReports.get);
  return reports.map((report) => <Waiting key={report.input.idempotencyKey} report={report} />);
}

function Waiting({ report }: { readonly report: WaitingReport }): ReactNode {
  const { t, day } = useWords();
  const { about, input, result } = report;
  const what = t('absence.waits', { about, day: day(input.firstDay) });
  return (
    <section className="ds-card" aria-label={what}>
      <h2 className="ds-heading" data-size="2xs">
        {what}
      </h2>
      {result === undefined ? (
        <p role="status">
          <span className="ds-tag" data-color="warning">
            {t('absence.notSentYet')}
          </span>{' '}
          {t('absence.sentLater')}
        </p>
      ) : result === 'REFUSED' ? (
        <p className="ds-alert" data-color="danger" role="alert">
          {t('absence.notTaken')}
        </p>
      ) : (
        <ReportOutcome result={result} />
      )}
      <div className="row">
        {result === undefined && (
          <button
            type="button"
            className="ds-button"
            data-variant="secondary"
            onClick={() => void waitingReports.flush()}
          >
            {t('absence.sendNow')}
          </button>
        )}
        <button
          type="button"
          className="ds-button"
          data-variant="tertiary"
          onClick={() => waitingReports.drop(report)}
        >
          {t(result === undefined ? 'absence.dropReport' : 'app.close')}
        </button>
      </div>
    </section>
  );
}
