import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { AnswerStillSick } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Read, Unread } from '../../parts/states.tsx';
import { Said } from '../../parts/said.tsx';
import { useDay } from '../../day.ts';
import { type Words, useWords, writeName } from '../../words/words.ts';
import { type UnitDay, dayOfChild, isWholeDay, reportable } from './day-of-child.ts';
import { SickSheet } from './sick-sheet.tsx';
import { Stopped } from './stopped.tsx';
import { type TodayChild, useToday } from './use-today.ts';

/** The first screen of a guardian: a card for each child. */
export function Today(): ReactNode {
  const { t, longDay, name } = useWords();
  const answer = useToday();
  const today = useDay();
  return (
    <Read from={answer}>
      {({ data: { viewer } }) => (
        <Page title={t('today.title')}>
          <p className="quiet">{longDay(today)}</p>
          <Stopped />
          {viewer === null ? (
            <Unread />
          ) : viewer.children.length === 0 ? (
            <p>{t('today.nobody')}</p>
          ) : (
            <ul className="cards">
              {viewer.children.map((child) => (
                <li key={child.id}>
                  <ChildCard child={child} today={today} called={name(child.name, t('app.child'))} />
                </li>
              ))}
            </ul>
          )}
        </Page>
      )}
    </Read>
  );
}

interface CardProps {
  readonly child: TodayChild;
  readonly today: string;
  readonly called: string;
}

function ChildCard({ child, today, called }: CardProps): ReactNode {
  const words = useWords();
  const { t } = words;
  const [isReporting, setReporting] = useState(false);
  const days = dayOfChild(child, today);
  const given = child.name === null ? t('app.child') : writeName(child.name.given);
  return (
    <article className="ds-card" aria-labelledby={`child-${child.id}`}>
      <h2 className="ds-heading" data-size="sm" id={`child-${child.id}`}>
        {called}
      </h2>
      {days.length === 0 && <p className="quiet">{t('today.noUnit')}</p>}
      <ul className="lines">
        {days.map((day) => (
          <li key={day.unit.id}>
            <strong>{day.unit.name}</strong>
            {day.groups.length > 0 && <span className="quiet"> {day.groups.join(', ')}</span>}
            <br />
            {standing(day, words)}
          </li>
        ))}
      </ul>
      {child.absences === null && <Unread />}
      {child.stillSick?.state === 'ASKED' && <StillSick child={child} given={given} />}
      {reportable(days).length > 0 && child.stillSick?.state !== 'ASKED' && (
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          aria-label={t('today.sickFor', { name: given })}
          onClick={() => setReporting(true)}
        >
          {t('today.sick')}
        </button>
      )}
      <Link to={`/children/${child.id}/access`} className="ds-link touch">
        {t('access.link', { name: given })}
      </Link>
      {isReporting && (
        <SickSheet
          child={child}
          given={given}
          days={reportable(days)}
          today={today}
          close={() => setReporting(false)}
        />
      )}
    </article>
  );
}

/** How it stands with a child at a unit today, in words. */
function standing({ isOpen, absence, stay }: UnitDay, { t, time }: Words): ReactNode {
  if (absence !== undefined && isWholeDay(absence))
    return (
      <span className="ds-tag" data-color="warning">
        {t('today.away')}
      </span>
    );
  if (isOpen === false) return <span className="quiet">{t('today.closed')}</span>;
  const parts = [
    isOpen === true && absence === undefined ? t('today.open') : null,
    absence?.arrivesAt == null ? null : t('today.comesAt', { time: time(absence.arrivesAt) }),
    absence?.leavesAt == null ? null : t('today.leavesAt', { time: time(absence.leavesAt) }),
    stay?.leaves == null || stay.goesHome === null
      ? null
      : t(stay.goesHome === 'ALONE' ? 'today.goesAlone' : 'today.fetched', { time: time(stay.leaves) }),
  ];
  return <span>{parts.filter((part) => part !== null).join(' · ')}</span>;
}

function StillSick({ child, given }: { readonly child: TodayChild; readonly given: string }): ReactNode {
  const { t } = useWords();
  const answer = useChange(AnswerStillSick);
  const [key] = useState(() => crypto.randomUUID());
  const say = (isStillSick: boolean): void =>
    answer.mutate({ input: { childId: child.id, isStillSick, idempotencyKey: `${key}-${isStillSick}` } });
  const result = answer.data?.data.answerStillSick;
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t('today.stillSick', { name: given })}</legend>
      <div className="row">
        <button type="button" className="ds-button" onClick={() => say(true)} disabled={answer.isPending}>
          {t('today.stillSickYes')}
        </button>
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          onClick={() => say(false)}
          disabled={answer.isPending}
        >
          {t('today.stillSickNo')}
        </button>
      </div>
      <Said
        error={answer.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </fieldset>
  );
}
