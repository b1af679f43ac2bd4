import { type ReactNode, useId } from 'react';
import { useDay } from '../day.ts';
import { daysAfter, instantOf } from '../words/dates.ts';
import { type Word, useWords } from '../words/words.ts';

/** How far ahead something can be sent by itself. */
const daysAhead = 90;

/** When something is to go out: now, or at a time of a day. */
export interface SendTime {
  readonly isLater: boolean;
  readonly day: string;
  readonly time: string;
}

export const now: SendTime = { isLater: false, day: '', time: '' };

/** The time that was wished, where one was and is whole. */
export const sendAtOf = ({ isLater, day, time }: SendTime): string | undefined =>
  isLater && day !== '' && time !== '' ? instantOf(day, time) : undefined;

/** A time is wished for, and not said yet. */
export const isTimeMissing = (wanted: SendTime): boolean => wanted.isLater && sendAtOf(wanted) === undefined;

export function SendTimeChoice({
  legend,
  wanted,
  choose,
}: {
  readonly legend: Word;
  readonly wanted: SendTime;
  readonly choose: (wanted: SendTime) => void;
}): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const id = useId();
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t(legend)}</legend>
      <div className="row">
        {[false, true].map((isLater) => (
          <label key={String(isLater)} className="choice">
            <input
              type="radio"
              name={id}
              className="ds-input"
              checked={wanted.isLater === isLater}
              onChange={() =>
                choose(
                  isLater && wanted.day === ''
                    ? { isLater, day: daysAfter(today, 1), time: '08:00' }
                    : { ...wanted, isLater },
                )
              }
            />
            <span>{t(isLater ? 'send.later' : 'send.now')}</span>
          </label>
        ))}
      </div>
      {wanted.isLater && (
        <div className="row">
          <div className="ds-field">
            <label className="ds-label" htmlFor={`${id}-day`}>
              {t('send.day')}
            </label>
            <input
              className="ds-input"
              type="date"
              id={`${id}-day`}
              required
              min={today}
              max={daysAfter(today, daysAhead)}
              value={wanted.day}
              onChange={({ target }) => choose({ ...wanted, day: target.value })}
            />
          </div>
          <div className="ds-field">
            <label className="ds-label" htmlFor={`${id}-time`}>
              {t('send.time')}
            </label>
            <input
              className="ds-input"
              type="time"
              id={`${id}-time`}
              required
              value={wanted.time}
              onChange={({ target }) => choose({ ...wanted, time: target.value })}
            />
          </div>
        </div>
      )}
    </fieldset>
  );
}
