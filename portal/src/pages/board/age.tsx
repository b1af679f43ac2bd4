import type { ReactNode } from 'react';
import { useNow } from '../../day.ts';
import { timeAt } from '../../words/dates.ts';
import { useWords } from '../../words/words.ts';

/** From when on a board says that it is old: it is read anew each minute. */
const oldAfterMs = 120_000;

/** Which day is shown, and how old what is shown is. */
export function Age({
  day,
  at,
  isBehind,
  again,
}: {
  readonly day: string;
  readonly at: number;
  readonly isBehind: boolean;
  readonly again: () => void;
}): ReactNode {
  const { t, time, longDay } = useWords();
  const now = useNow();
  const read = time(timeAt(new Date(at)));
  const age = now - at;
  const isOld = isBehind || age >= oldAfterMs;
  const head = (
    <p className="quiet">
      {longDay(day)}
      {!isOld && ` · ${t('board.asOf', { time: read })}`}
    </p>
  );
  if (!isOld) return head;
  return (
    <>
      {head}
      <div className="ds-alert row" data-color="warning" role="status">
        <span>{t('board.old', { time: read, minutes: Math.max(1, Math.round(age / 60_000)) })}</span>
        <button type="button" className="ds-button" data-variant="secondary" onClick={again}>
          {t('app.tryAgain')}
        </button>
      </div>
    </>
  );
}
