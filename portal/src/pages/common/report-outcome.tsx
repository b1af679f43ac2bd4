import type { ReactNode } from 'react';
import { useWords } from '../../words/words.ts';
import type { ReportResult } from '../../offline/waiting-reports.ts';

/** What came of a report: a receipt from each unit, or why there is none. */
export function ReportOutcome({ result }: { readonly result: ReportResult }): ReactNode {
  const { t, day } = useWords();
  if (result.__typename !== 'AbsenceReported')
    return (
      <p className="ds-alert" data-color="danger" role="alert">
        {result.message}
      </p>
    );
  return (
    <div role="status">
      {result.outcomes.map(({ unit, refusal, absences, knownDays }, at) => {
        const called = unit?.name ?? '';
        const text =
          refusal !== null
            ? `${called}: ${refusal.message}`
            : knownDays.length > 0
              ? t('absence.knownBefore', { unit: called })
              : absences.length > 0
                ? t('absence.told', { unit: called })
                : t('absence.notOpen', { unit: called });
        return (
          <p key={at} className="ds-alert" data-color={refusal === null ? 'success' : 'warning'}>
            {text} {refusal === null && [...new Set(absences.map((one) => day(one.day)))].join(', ')}
          </p>
        );
      })}
    </div>
  );
}
