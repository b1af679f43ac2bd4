import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Said } from '../../parts/said.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useWords } from '../../words/words.ts';
import type { UnitDay } from './day-of-child.ts';
import { ReportOutcome } from '../common/report-outcome.tsx';
import type { TodayChild } from './use-today.ts';
import { useReport } from '../common/use-report.ts';

/** The second of the two taps by which a child is reported ill today: school and after-school are a box each. */
export function SickSheet({
  child,
  given,
  days,
  today,
  close,
}: {
  readonly child: TodayChild;
  readonly given: string;
  readonly days: readonly UnitDay[];
  readonly today: string;
  readonly close: () => void;
}): ReactNode {
  const { t } = useWords();
  // What was shown when it was opened stays: once it has been sent, nothing is left to be reported.
  const [places] = useState(days);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(places.map(({ unit }) => unit.id)));
  const report = useReport();
  const choose = (unitId: string, isChosen: boolean): void =>
    setChosen(
      new Set(places.map(({ unit }) => unit.id).filter((id) => (id === unitId ? isChosen : chosen.has(id)))),
    );
  return (
    <Sheet title={t('today.sickFor', { name: given })} close={close}>
      {report.isWaiting ? (
        <p role="status">{t('absence.willBeSent')}</p>
      ) : report.result === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            report.send(
              {
                places: [...chosen].map((unitId) => ({ childId: child.id, unitId })),
                firstDay: today,
                cause: 'SICK',
              },
              given,
            );
          }}
        >
          <fieldset className="ds-fieldset">
            <legend className="ds-sr-only">{t('absence.who')}</legend>
            {places.map(({ unit }) => (
              <label key={unit.id} className="choice">
                <input
                  type="checkbox"
                  className="ds-input"
                  checked={chosen.has(unit.id)}
                  onChange={({ target }) => choose(unit.id, target.checked)}
                />
                <span>
                  {unit.name} <span className="quiet">{t(`today.unit.${unit.kind}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Said error={report.error} refusal={undefined} />
          <div className="row">
            <button type="submit" className="ds-button" disabled={report.isPending || chosen.size === 0}>
              {t('absence.send')}
            </button>
            <Link to={`/absence?child=${child.id}`} className="ds-link">
              {t('absence.more')}
            </Link>
          </div>
        </form>
      ) : (
        <ReportOutcome result={report.result} />
      )}
    </Sheet>
  );
}
