import { type ReactNode, useId, useState } from 'react';
import { useDay } from '../../day.ts';
import { Said } from '../../parts/said.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useWords } from '../../words/words.ts';
import { ReportOutcome } from '../common/report-outcome.tsx';
import { useReport } from '../common/use-report.ts';

const causes = ['SICK', 'DAY_OFF', 'APPOINTMENT', 'OTHER'] as const;
type Cause = (typeof causes)[number];

/** What a guardian has said by telephone or at the door: noted as said by staff, and so that the child is not searched for. */
export function ReportSheet({
  childId,
  called,
  units,
  close,
}: {
  readonly childId: string;
  readonly called: string;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly close: () => void;
}): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(units.map(({ id }) => id)));
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState(today);
  const [cause, setCause] = useState<Cause>('SICK');
  const report = useReport();
  const ids = { first: useId(), last: useId() };
  return (
    <Sheet title={t('child.reportOf', { name: called })} close={close}>
      {report.isWaiting ? (
        <p role="status">{t('absence.willBeSent')}</p>
      ) : report.result === undefined ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            report.send(
              {
                places: [...chosen].map((unitId) => ({ childId, unitId })),
                firstDay,
                lastDay: lastDay < firstDay ? firstDay : lastDay,
                cause,
              },
              called,
            );
          }}
        >
          <p>{t('child.reportLead')}</p>
          <fieldset className="ds-fieldset">
            <legend className="ds-label">{t('absence.who')}</legend>
            {units.map((unit) => (
              <label key={unit.id} className="choice">
                <input
                  type="checkbox"
                  className="ds-input"
                  checked={chosen.has(unit.id)}
                  onChange={({ target }) =>
                    setChosen(
                      new Set(
                        target.checked ? [...chosen, unit.id] : [...chosen].filter((one) => one !== unit.id),
                      ),
                    )
                  }
                />
                <span>{unit.name}</span>
              </label>
            ))}
          </fieldset>
          <div className="row">
            <div className="ds-field">
              <label className="ds-label" htmlFor={ids.first}>
                {t('absence.firstDay')}
              </label>
              <input
                className="ds-input"
                type="date"
                id={ids.first}
                required
                min={today}
                value={firstDay}
                onChange={({ target }) => setFirstDay(target.value)}
              />
            </div>
            <div className="ds-field">
              <label className="ds-label" htmlFor={ids.last}>
                {t('absence.lastDay')}
              </label>
              <input
                className="ds-input"
                type="date"
                id={ids.last}
                required
                min={firstDay}
                value={lastDay < firstDay ? firstDay : lastDay}
                onChange={({ target }) => setLastDay(target.value)}
              />
            </div>
          </div>
          <fieldset className="ds-fieldset">
            <legend className="ds-label">{t('absence.why')}</legend>
            <div className="row">
              {causes.map((one) => (
                <label key={one} className="choice">
                  <input
                    type="radio"
                    name="cause"
                    className="ds-input"
                    checked={cause === one}
                    onChange={() => setCause(one)}
                  />
                  <span>{t(`absence.cause.${one}`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <Said error={report.error} refusal={undefined} />
          <button type="submit" className="ds-button" disabled={report.isPending || chosen.size === 0}>
            {t('absence.send')}
          </button>
        </form>
      ) : (
        <ReportOutcome result={report.result} />
      )}
    </Sheet>
  );
}
