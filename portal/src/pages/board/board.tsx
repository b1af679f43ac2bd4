import { type ReactNode, useId, useState } from 'react';
import { useDay, useNow } from '../../day.ts';
import { SetStaffPresence } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { Said } from '../../parts/said.tsx';
import { Away, Loading } from '../../parts/states.tsx';
import { type Word, useWords } from '../../words/words.ts';
import { Age } from './age.tsx';
import { BoardRow } from './board-row.tsx';
import {
  type Act,
  type Shown,
  type View,
  actsOf,
  countOf,
  isInView,
  isSchool,
  lessonAt,
  lessonsOf,
  madeNow,
  markOf,
  shownRows,
  views,
} from './rows.ts';
import type { QueueState } from './queue.ts';
import { type BoardOf, useBoard } from './use-board.ts';
import { useQueue } from './use-queue.ts';

export interface BoardProps extends BoardOf {
  readonly kind: string;
  /** What else can be done with a child, where there is more than to mark it. */
  readonly more?: (shown: Shown) => ReactNode;
}

/** Who is there: read anew as it changes, marked with one tap each or many at once. */
export function Board({ kind, more, ...at }: BoardProps): ReactNode {
  const { t, time } = useWords();
  const read = useBoard(at);
  const [now, today] = [useNow(), useDay()];
  const { queue, state } = useQueue(at.isTablet);
  const [chosenLesson, setLesson] = useState<string | null>(null);
  const [view, setView] = useState<View | null>(null);
  const [inView, setInView] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const ids = { lesson: useId(), search: useId() };

  if (read.data === undefined) return read.isError ? <Away again={() => void read.refetch()} /> : <Loading />;
  const { rows, isOpen, staffing } = read.data;
  const lessons = isSchool(kind) ? lessonsOf(rows) : [];
  const lesson = chosenLesson ?? lessonAt(lessons, new Date(now));
  const shown = shownRows(
    rows,
    state.marks.filter(({ day }) => day === at.day),
    { kind, lesson },
  );
  const wanted = search.trim().toLocaleLowerCase();
  const visible = shown
    .filter((one) => view === null || inView.has(one.row.childId) || isInView(one, view))
    .filter(({ row }) => row.called.toLocaleLowerCase().includes(wanted));
  const mark = (some: readonly Shown[], act: Act): void => {
    queue.add(some.map((one) => markOf(one, act, madeNow(at.unitId, at.day))));
  };
  const choose = (next: View | null): void => {
    setView(next);
    // Who is in view stays so while they are marked: a row that went away would put another one under the finger.
    setInView(
      new Set(next === null ? [] : shown.filter((one) => isInView(one, next)).map(({ row }) => row.childId)),
    );
  };
  const unreported = shown.filter((one) => isInView(one, 'ABSENT_UNREPORTED'));
  const some = visible.filter(({ row }) => picked?.has(row.childId));
  const groupActs: readonly Act[] = isSchool(kind) ? ['present', 'absent'] : ['in', 'out', 'absent'];
  return (
    <div className="board">
      <Age day={at.day} at={read.dataUpdatedAt} isBehind={read.isError} again={() => void read.refetch()} />
      {!isOpen && <p className="ds-alert">{t('board.closed')}</p>}
      {unreported.length > 0 && (
        <div className="ds-alert" data-color="danger">
          <strong>{t('board.missing', { count: unreported.length })}</strong>{' '}
          {unreported
            .slice(0, 12)
            .map(({ row }) => row.called)
            .join(', ')}
          {unreported.length > 12 && ' …'}
        </div>
      )}
      <div className="counts" role="group" aria-label={t('board.show')}>
        {[...views, null]
          .map((one) => ({ one, count: one === null ? shown.length : countOf(shown, one) }))
          .filter(({ one, count }) => one === null || count > 0 || one === view || alwaysCounted.has(one))
          .map(({ one, count }) => (
            <button
              key={one ?? 'ALL'}
              type="button"
              aria-pressed={view === one}
              className={one === null ? 'tally' : `tally of-${one}`}
              onClick={() => choose(one)}
            >
              <strong>{count}</strong> <span>{t(wordOfView(one))}</span>
            </button>
          ))}
      </div>
      <div className="row tools">
        {lessons.length > 0 && (
          <div className="ds-field">
            <label className="ds-label" htmlFor={ids.lesson}>
              {t('board.lesson')}
            </label>
            <select
              className="ds-input"
              id={ids.lesson}
              value={lesson ?? ''}
              onChange={({ target }) => setLesson(target.value)}
            >
              {lessons.map((starts) => (
                <option key={starts} value={starts}>
                  {time(starts)}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="ds-field">
          <label className="ds-label" htmlFor={ids.search}>
            {t('board.search')}
          </label>
          <input
            className="ds-input"
            type="search"
            id={ids.search}
            autoComplete="off"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          aria-pressed={picked !== null}
          onClick={() => setPicked(picked === null ? new Set() : null)}
        >
          {t('board.several')}
        </button>
      </div>
      {picked !== null && (
        <div className="row several">
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            onClick={() =>
              setPicked(
                some.length === visible.length ? new Set() : new Set(visible.map(({ row }) => row.childId)),
              )
            }
          >
            {some.length === visible.length ? t('board.pickNone') : t('board.pickAll')}
          </button>
          {groupActs.map((act) => (
            <button
              key={act}
              type="button"
              className="ds-button"
              disabled={some.length === 0}
              onClick={() => {
                mark(some, act);
                setPicked(null);
              }}
            >
              {t(`board.act.${act}`)} ({some.length})
            </button>
          ))}
        </div>
      )}
      {visible.length === 0 && (
        <p className="quiet">{t(rows.length === 0 ? 'board.nobody' : 'board.none')}</p>
      )}
      <ul className="roll">
        {visible.map((one) => (
          <BoardRow
            key={one.row.childId}
            shown={one}
            kind={kind}
            day={at.day}
            acts={actsOf(one, kind)}
            act={(act) => mark([one], act)}
            settle={(made) => queue.add([made])}
            unitId={at.unitId}
            isStuck={state.isStuck}
            more={more}
            pick={
              picked === null
                ? null
                : {
                    isPicked: picked.has(one.row.childId),
                    set: (is) =>
                      setPicked(
                        new Set(
                          is
                            ? [...picked, one.row.childId]
                            : [...picked].filter((id) => id !== one.row.childId),
                        ),
                      ),
                  }
            }
          />
        ))}
      </ul>
      {staffing !== null && at.day === today && (
        <Staff unitId={at.unitId} groupId={at.groupId} staffing={staffing} />
      )}
      <OnItsWay state={state} shown={shown} undo={() => queue.undo()} forgive={() => queue.forgive()} />
    </div>
  );
}

const alwaysCounted: ReadonlySet<View> = new Set(['ABSENT_UNREPORTED', 'NOT_YET_KNOWN', 'HERE']);
const wordOfView = (view: View | null): Word => (view === null ? 'board.view.ALL' : `board.view.${view}`);

/** What becomes of marks that were made: what can be taken back, what waits for a network, what was not taken. */
function OnItsWay({
  state: { marks, undo, isStuck, failed },
  shown,
  undo: takeBack,
  forgive,
}: {
  readonly state: QueueState;
  readonly shown: readonly Shown[];
  readonly undo: () => void;
  readonly forgive: () => void;
}): ReactNode {
  const { t } = useWords();
  const called = (childId: string): string =>
    shown.find(({ row }) => row.childId === childId)?.row.called ?? t('app.child');
  return (
    <div className="on-its-way">
      <div role="status">
        {isStuck && marks.length > 0 && (
          <p className="ds-alert" data-color="warning">
            {t('board.unsent', { count: marks.length })}
          </p>
        )}
        {undo.length > 0 && (
          <p className="undo row">
            <span>
              {undo.length === 1
                ? t('board.marked', { name: called(undo[0]!.childId) })
                : t('board.markedMany', { count: undo.length })}
            </span>
            <button type="button" className="ds-button" data-variant="secondary" onClick={takeBack}>
              {t('board.undo')}
            </button>
          </p>
        )}
      </div>
      {failed.length > 0 && (
        <div className="ds-alert" data-color="danger" role="alert">
          <p>{t('board.failed', { names: failed.map(({ mark }) => called(mark.childId)).join(', ') })}</p>
          <p>{[...new Set(failed.map(({ why }) => reasonOf(why, t)))].join(' ')}</p>
          <button type="button" className="ds-button" data-variant="secondary" onClick={forgive}>
            {t('app.close')}
          </button>
        </div>
      )}
    </div>
  );
}

const reasons = ['CHILD_NOT_FOUND', 'DAY_WRONG', 'LESSON_WRONG', 'TIMES_WRONG'] as const;
const reasonOf = (why: string | null, t: (word: Word) => string): string => {
  const known = reasons.find((reason) => reason === why);
  return known === undefined ? (why ?? t('board.failed.other')) : t(`board.failed.${known}`);
};

/** How many of the staff are with how many children; and that oneself is there or not. */
function Staff({
  unitId,
  groupId,
  staffing,
}: {
  readonly unitId: string;
  readonly groupId: string | null;
  readonly staffing: { readonly staff: number; readonly children: number; readonly isViewerHere: boolean };
}): ReactNode {
  const { t } = useWords();
  const change = useChange(SetStaffPresence);
  const result = change.data?.data.setStaffPresence;
  return (
    <div className="row staffing">
      <span>{t('board.staffing', { staff: staffing.staff, children: staffing.children })}</span>
      <label className="choice">
        <input
          type="checkbox"
          role="switch"
          className="ds-input"
          checked={staffing.isViewerHere}
          aria-checked={staffing.isViewerHere}
          disabled={change.isPending}
          onChange={({ target }) =>
            change.mutate({
              input: { unitId, isHere: target.checked, ...(groupId === null ? {} : { groupId }) },
            })
          }
        />
        <span>{t('board.iAmHere')}</span>
      </label>
      <Said
        error={change.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </div>
  );
}
