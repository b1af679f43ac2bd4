import { type ReactNode, useState } from 'react';
import { Sheet } from '../../parts/sheet.tsx';
import { type Words, useWords } from '../../words/words.ts';
import { type Act, type OwnMark, type Shown, isDone, madeNow, settlingMark } from './rows.ts';

interface Props {
  readonly shown: Shown;
  readonly kind: string;
  readonly unitId: string;
  readonly day: string;
  readonly acts: readonly Act[];
  readonly act: (act: Act) => void;
  readonly settle: (mark: OwnMark) => void;
  readonly isStuck: boolean;
  readonly pick: { readonly isPicked: boolean; readonly set: (is: boolean) => void } | null;
  readonly more: ((shown: Shown) => ReactNode) | undefined;
}

/** A state by a sign and a word, and by a colour only besides. */
const signs = {
  PRESENT: '✓',
  ELSEWHERE: '↗',
  ABSENT_REPORTED: '–',
  ABSENT_UNREPORTED: '!',
  NOT_YET_KNOWN: '?',
};

/** A child on the board: how it stands, what was agreed, and what can be said of it. */
export function BoardRow({ shown, acts, act, settle, pick, isStuck, more, unitId, day }: Props): ReactNode {
  const words = useWords();
  const { t } = words;
  const { row, slot, state } = shown;
  const [isSettling, setSettling] = useState(false);
  const isGone = state === 'PRESENT' && !shown.isHere && shown.went !== null;
  const doubts = slot?.inDoubt ?? [];
  return (
    <li className={`roll-row of-${state}`}>
      {pick !== null && (
        <input
          type="checkbox"
          className="ds-input"
          aria-label={row.called}
          checked={pick.isPicked}
          onChange={({ target }) => pick.set(target.checked)}
        />
      )}
      <div className="who">
        <span className="called">{more === undefined ? row.called : more(shown)}</span>
        <span className={`state of-${isGone ? 'GONE' : state}`}>
          <span aria-hidden="true">{isGone ? '→' : signs[state]}</span>{' '}
          {isGone ? t('board.state.GONE') : t(`board.state.${state}`)}
        </span>
        <span className="quiet">{detailsOf(shown, words).join(' · ')}</span>
        {row.isTimeToGo && shown.isHere && <strong className="urgent">{t('board.timeToGo')}</strong>}
        {shown.isUnsent && isStuck && <em>{t('board.notSent')}</em>}
        {doubts.length > 0 && !shown.isUnsent && (
          <button
            type="button"
            className="ds-button"
            data-variant="secondary"
            onClick={() => setSettling(true)}
          >
            {t('board.inDoubt')}
          </button>
        )}
      </div>
      {pick === null && (
        <div className="acts">
          {acts.map((one) => (
            <button
              key={one}
              type="button"
              className="ds-button"
              data-variant={isDone(shown, one) ? 'primary' : 'secondary'}
              aria-pressed={one === 'present' || acts.includes('present') ? isDone(shown, one) : undefined}
              aria-label={t('board.actFor', { act: t(`board.act.${one}`), name: row.called })}
              onClick={() => !isDone(shown, one) && act(one)}
            >
              {t(`board.act.${one}`)}
            </button>
          ))}
        </div>
      )}
      {isSettling && (
        <Sheet title={t('board.doubtTitle', { name: row.called })} close={() => setSettling(false)}>
          <p>{t('board.doubtLead')}</p>
          {[...(slot?.mark == null ? [] : [slot.mark]), ...doubts].map((one) => (
            <button
              key={one.id}
              type="button"
              className="ds-button"
              data-variant="secondary"
              data-fullwidth
              onClick={() => {
                settle(settlingMark(shown, one, madeNow(unitId, day)));
                setSettling(false);
              }}
            >
              {[t(`board.standing.${one.standing}`), ...timesOf(one, words)].join(', ')}
            </button>
          ))}
        </Sheet>
      )}
    </li>
  );
}

const timesOf = (
  { came, went }: { readonly came: string | null; readonly went: string | null },
  { t, time }: Words,
): readonly string[] => [
  ...(came === null ? [] : [t('board.came', { time: time(came) })]),
  ...(went === null ? [] : [t('board.went', { time: time(went) })]),
];

/** When it came and went, how it gets home and when, on which trip it is, and what was done about it being missing. */
function detailsOf({ row, came, went, slot, isHere }: Shown, words: Words): readonly string[] {
  const { t, time } = words;
  const { stay, trip, alert } = row;
  const at = stay?.leaves == null ? null : time(stay.leaves);
  const home =
    stay === null || went !== null
      ? []
      : !stay.comes
        ? [t('board.doesNotCome')]
        : [
            ...(stay.arrives === null || isHere || came !== null
              ? []
              : [t('board.expected', { time: time(stay.arrives) })]),
            ...(stay.goesHome === 'ALONE' && at !== null
              ? [t('today.goesAlone', { time: at })]
              : stay.goesHome === 'FETCHED'
                ? [at === null ? t('board.fetched') : t('today.fetched', { time: at })]
                : at === null
                  ? []
                  : [t('board.leaves', { time: at })]),
          ];
  const lateness =
    slot?.mark === null && slot.state === 'LATE'
      ? [t('absence.comesLater')]
      : slot?.mark === null && slot.state === 'LEFT_EARLY'
        ? [t('absence.leavesEarlier')]
        : [];
  return [
    ...timesOf({ came, went }, words),
    ...home,
    ...lateness,
    ...(trip === null ? [] : [t('board.trip', { time: time(trip.returnsAt) })]),
    ...(alert === null || alert === 'SETTLED' ? [] : [t(`board.alert.${alert}`)]),
  ];
}
