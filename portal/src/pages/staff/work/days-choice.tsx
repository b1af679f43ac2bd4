import { type ReactNode, useId } from 'react';
import { useWords } from '../../../words/words.ts';

export interface Days {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Which of the days that were applied for are granted. */
export function DaysChoice({
  all,
  days,
  choose,
}: {
  readonly all: Days;
  readonly days: Days;
  readonly choose: (days: Days) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t('leave.grantedDays')}</legend>
      <div className="row">
        {(['firstDay', 'lastDay'] as const).map((end) => (
          <div key={end} className="ds-field">
            <label className="ds-label" htmlFor={`${id}-${end}`}>
              {t(`absence.${end}`)}
            </label>
            <input
              className="ds-input"
              id={`${id}-${end}`}
              type="date"
              required
              min={all.firstDay}
              max={all.lastDay}
              value={days[end]}
              onChange={({ target }) => choose({ ...days, [end]: target.value })}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
