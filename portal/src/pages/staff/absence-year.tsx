import type { ReactNode } from 'react';
import { useDay } from '../../day.ts';
import type { ChildForStaffQuery } from '../../graph/generated/operations.ts';
import { weekdayOf, writeMonth, writeWeekday } from '../../words/dates.ts';
import { useWords } from '../../words/words.ts';
import { monthsUntil } from './school-year.ts';

type Absence = NonNullable<NonNullable<ChildForStaffQuery['child']>['absences']>['nodes'][number];

/** Reported absence of a school year: months to see a pattern in, and the same as a table. */
export function AbsenceYear({
  absences,
  hasMore,
  schoolYear,
}: {
  readonly absences: readonly Absence[];
  readonly hasMore: boolean;
  readonly schoolYear: number;
}): ReactNode {
  const { t, longDay, time, instant, language } = useWords();
  const today = useDay();
  if (absences.length === 0) return <p className="quiet">{t('absence.none')}</p>;
  const whole = new Set(
    absences
      .filter(({ arrivesAt, leavesAt }) => arrivesAt === null && leavesAt === null)
      .map(({ day }) => day),
  );
  const away = new Set(absences.map(({ day }) => day));
  const first = absences.at(-1)!.day.slice(0, 7);
  const months = monthsUntil(schoolYear, absences[0]!.day > today ? absences[0]!.day : today).filter(
    (month) => month.first.slice(0, 7) >= first,
  );
  const partOf = ({ arrivesAt, leavesAt }: Absence): string =>
    [
      ...(arrivesAt === null ? [] : [t('child.cameAt', { time: time(arrivesAt) })]),
      ...(leavesAt === null ? [] : [t('child.leftAt', { time: time(leavesAt) })]),
    ].join(', ') || t('absence.whole');
  return (
    <div className="year">
      <div className="months" aria-hidden="true">
        {months.map((month) => (
          <div key={month.first} className="month">
            <p>{writeMonth(language, month.first)}</p>
            <div className="days">
              {month.weeks[1]!.map(
                (day) => day !== null && <span key={day}>{writeWeekday(language, day).slice(0, 1)}</span>,
              )}
              {month.weeks.flatMap((week, at) =>
                week.map((day, nth) =>
                  day === null ? (
                    <span key={`${at} ${nth}`} />
                  ) : (
                    <span
                      key={day}
                      className={
                        whole.has(day)
                          ? 'away'
                          : away.has(day)
                            ? 'away part'
                            : weekdayOf(day) > 5
                              ? 'weekend'
                              : undefined
                      }
                    >
                      {Number(day.slice(8))}
                    </span>
                  ),
                ),
              )}
            </div>
          </div>
        ))}
      </div>
      <div className="table">
        <table className="ds-table">
          <caption>{t('absence.standing')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('child.day')}</th>
              <th scope="col">{t('child.what')}</th>
              <th scope="col">{t('child.where')}</th>
            </tr>
          </thead>
          <tbody>
            {absences.map((absence) => (
              <tr key={absence.id}>
                <th scope="row">{longDay(absence.day)}</th>
                <td>
                  {[
                    partOf(absence),
                    ...(absence.cause === null ? [] : [t(`absence.cause.${absence.cause}`)]),
                  ].join(', ')}{' '}
                  <span className="quiet">
                    {t('child.reportedAt', { time: instant(absence.reportedAt) })}
                  </span>
                </td>
                <td>{absence.unit?.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasMore && <p className="quiet">{t('child.more')}</p>}
    </div>
  );
}
