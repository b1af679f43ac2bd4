import { type ReactNode, useId, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { WithdrawAbsence } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { useDay } from '../../day.ts';
import { useWords } from '../../words/words.ts';
import { dayOfChild, takesReports } from './day-of-child.ts';
import { Stopped } from './stopped.tsx';
import { ReportOutcome } from '../common/report-outcome.tsx';
import { type TodayChild, useToday } from './use-today.ts';
import { useReport } from '../common/use-report.ts';

const causes = ['SICK', 'DAY_OFF', 'APPOINTMENT', 'OTHER'] as const;
type Cause = (typeof causes)[number];
const parts = ['whole', 'comesLater', 'leavesEarlier'] as const;
type Part = (typeof parts)[number];

/** Absence of chosen children, from chosen units, on chosen days; and what has been reported. */
export default function AbsencePage(): ReactNode {
  const { t } = useWords();
  const answer = useToday();
  return (
    <Read from={answer}>
      {({ data: { viewer } }) => (
        <Page title={t('absence.title')}>
          <p className="ds-paragraph">{t('absence.lead')}</p>
          <p>
            <Link to="/leave" className="ds-link touch">
              {t('apply.link')}
            </Link>
          </p>
          <Stopped of="ABSENCE" />
          {viewer === null ? (
            <Unread />
          ) : (
            <>
              <ReportForm family={viewer.children} />
              <Standing family={viewer.children} />
            </>
          )}
        </Page>
      )}
    </Read>
  );
}

interface Family {
  readonly family: readonly TodayChild[];
}

const placeKey = (childId: string, unitId: string): string => `${childId} ${unitId}`;

function ReportForm({ family }: Family): ReactNode {
  const { t, name } = useWords();
  const [search] = useSearchParams();
  const today = useDay();
  const wanted = search.get('child');
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState(today);
  const [cause, setCause] = useState<Cause>('SICK');
  const [part, setPart] = useState<Part>('whole');
  const [time, setTime] = useState('09:00');
  const places = family.flatMap((child) =>
    dayOfChild(child, firstDay)
      .filter(({ unit }) => takesReports(unit))
      .map(({ unit }) => ({ child, unit, key: placeKey(child.id, unit.id) })),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(places.filter(({ child }) => child.id === wanted || family.length === 1).map(({ key }) => key)),
  );
  const report = useReport();
  const ids = { first: useId(), last: useId(), time: useId() };
  const picked = places.filter(({ key }) => chosen.has(key));
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        report.send(
          {
            places: picked.map(({ child, unit }) => ({ childId: child.id, unitId: unit.id })),
            firstDay,
            lastDay: lastDay < firstDay ? firstDay : lastDay,
            cause,
            ...(part === 'comesLater'
              ? { arrivesAt: time }
              : part === 'leavesEarlier'
                ? { leavesAt: time }
                : {}),
          },
          [...new Set(picked.map(({ child }) => name(child.name, t('app.child'))))].join(', '),
        );
      }}
    >
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('absence.who')}</legend>
        {places.map(({ child, unit, key }) => (
          <label key={key} className="choice">
            <input
              type="checkbox"
              className="ds-input"
              checked={chosen.has(key)}
              onChange={({ target }) =>
                setChosen(
                  new Set(target.checked ? [...chosen, key] : [...chosen].filter((one) => one !== key)),
                )
              }
            />
            <span>
              {name(child.name, t('app.child'))}, {unit.name}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('absence.when')}</legend>
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
      </fieldset>
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
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('absence.part')}</legend>
        <div className="row">
          {parts.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="part"
                className="ds-input"
                checked={part === one}
                onChange={() => setPart(one)}
              />
              <span>{t(`absence.${one}`)}</span>
            </label>
          ))}
        </div>
        {part !== 'whole' && (
          <div className="ds-field">
            <label className="ds-label" htmlFor={ids.time}>
              {t('absence.time')}
            </label>
            <input
              className="ds-input"
              type="time"
              id={ids.time}
              required
              value={time}
              onChange={({ target }) => setTime(target.value)}
            />
          </div>
        )}
      </fieldset>
      {picked.length === 0 && <p className="quiet">{t('absence.choose')}</p>}
      <Said error={report.error} refusal={undefined} />
      <button type="submit" className="ds-button" disabled={report.isPending || picked.length === 0}>
        {t('absence.send')}
      </button>
      {report.isWaiting && <p role="status">{t('absence.willBeSent')}</p>}
      {report.result !== undefined && <ReportOutcome result={report.result} />}
    </form>
  );
}

function Standing({ family }: Family): ReactNode {
  const { t, name, longDay } = useWords();
  const withdraw = useChange(WithdrawAbsence);
  const rows = family.flatMap((child) =>
    (child.absences?.nodes ?? []).map((absence) => ({ absence, called: name(child.name, t('app.child')) })),
  );
  const result = withdraw.data?.data.withdrawAbsence;
  return (
    <section aria-labelledby="standing">
      <h2 className="ds-heading" data-size="sm" id="standing">
        {t('absence.standing')}
      </h2>
      {family.some(({ absences }) => absences === null) && <Unread />}
      {rows.length === 0 && <p className="quiet">{t('absence.none')}</p>}
      <ul className="lines">
        {rows
          .toSorted((one, other) => (one.absence.day < other.absence.day ? -1 : 1))
          .map(({ absence, called }) => (
            <li key={absence.id} className="row">
              <span>
                {called}, {absence.unit?.name}: {longDay(absence.day)}
                {absence.cause !== null && `, ${t(`absence.cause.${absence.cause}`)}`}
              </span>
              <button
                type="button"
                className="ds-button"
                data-variant="tertiary"
                disabled={withdraw.isPending}
                aria-label={`${t('absence.withdraw')}: ${called}, ${absence.unit?.name ?? ''}, ${longDay(absence.day)}`}
                onClick={() => withdraw.mutate({ input: { absenceId: absence.id } })}
              >
                {t('absence.withdraw')}
              </button>
            </li>
          ))}
      </ul>
      <Said
        error={withdraw.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      {result?.__typename === 'AbsenceWithdrawn' && <p role="status">{t('absence.withdrawn')}</p>}
    </section>
  );
}
