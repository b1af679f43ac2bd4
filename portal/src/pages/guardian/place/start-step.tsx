import { type ReactNode, useId } from 'react';
import { useWords } from '../../../words/words.ts';
import { type Round, startDays } from './draft.ts';
import { PriceCalculator } from './price-calculator.tsx';

/** From when a place is wanted, with what the day means for the right to it and for the price (BHG-02, P19, P30). */
export function StartStep({
  wantedStart,
  change,
  round,
}: {
  readonly wantedStart: string;
  readonly change: (day: string) => void;
  readonly round: Round;
}): ReactNode {
  const { t, longDay } = useWords();
  const id = useId();
  const { first, last } = startDays(round);
  return (
    <>
      <div className="ds-field">
        <label className="ds-label" htmlFor={id}>
          {t('place.start')}
        </label>
        <p id={`${id}-note`} className="quiet">
          {t('place.startNote', { first: longDay(first), last: longDay(last) })}
        </p>
        <input
          className="ds-input"
          type="date"
          id={id}
          min={first}
          max={last}
          value={wantedStart}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => change(target.value)}
        />
      </div>
      <details>
        <summary>{t('place.calculate')}</summary>
        <PriceCalculator
          care={round.kind === 'SFO' ? 'AFTER_SCHOOL' : 'KINDERGARTEN'}
          startsOn={wantedStart === '' ? first : wantedStart}
          admissionYear={round.admissionYear}
        />
      </details>
    </>
  );
}
