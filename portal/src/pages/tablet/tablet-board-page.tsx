import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useId, useState } from 'react';
import { useDay } from '../../day.ts';
import { SetStaffPresence } from '../../graph/generated/operations.ts';
import { useLive } from '../../graph/live.ts';
import { graphKey, useChange } from '../../graph/use-graph.ts';
import { Page } from '../../parts/page.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Caught } from '../../parts/states.tsx';
import { type Session, sessionKey } from '../../session/session.ts';
import { useWords } from '../../words/words.ts';
import { Board } from '../board/board.tsx';
import type { WholeBoard } from '../board/use-board.ts';
import { useQueue } from '../board/use-queue.ts';
import type { ShownTablet } from './tablet.tsx';
import { tell } from './tell.ts';
import { useLock, warnSeconds } from './use-lock.ts';

/** Ends the session, and once more when there is a network again. */
async function end(): Promise<void> {
  if ((await tell('/logout', {})) === 0)
    window.addEventListener('online', () => void tell('/logout', {}), { once: true });
}

/** The board of a shared tablet while somebody is let in: it leaves by itself, after a warning. */
export function TabletBoardPage({
  tablet: { unit, groups },
  session,
  left,
}: {
  readonly tablet: ShownTablet;
  readonly session: Session;
  readonly left: () => void;
}): ReactNode {
  useLive();
  const { t } = useWords();
  const today = useDay();
  const client = useQueryClient();
  const { queue, state } = useQueue(true);
  const id = useId();
  const [groupId, setGroupId] = useState<string | null>(null);
  const presence = useChange(SetStaffPresence);
  const leave = useCallback(() => {
    // What was marked goes first; what cannot go now is sent by whoever is let in next.
    void queue.flush().finally(() => {
      left();
      void end();
    });
  }, [queue, left]);
  const seconds = useLock(`${session.expiresAt} ${state.marks.at(-1)?.id ?? ''}`, leave);

  /** A change that changes nothing: reading alone keeps nobody in. */
  const stay = (): void => {
    const boards = client.getQueriesData<WholeBoard>({ queryKey: [graphKey, 'board'] });
    const staffing = boards.map(([, board]) => board?.staffing).find((one) => one != null);
    const where = staffing?.viewerGroupId == null ? {} : { groupId: staffing.viewerGroupId };
    presence.mutate(
      { input: { unitId: unit.id, isHere: staffing?.isViewerHere ?? false, ...where } },
      { onSuccess: () => void client.invalidateQueries({ queryKey: sessionKey }) },
    );
  };
  return (
    <>
      <header className="top">
        <span className="brand">{t('app.name')}</span>
        <button type="button" className="ds-button" onClick={leave}>
          {t('tablet.leave')}
        </button>
      </header>
      <main id="content" className="tablet">
        <Caught text={t('app.fault')}>
          <Page title={unit.name}>
            {groups.length > 1 && (
              <div className="ds-field">
                <label className="ds-label" htmlFor={id}>
                  {t('tablet.group')}
                </label>
                <select
                  className="ds-input"
                  id={id}
                  value={groupId ?? ''}
                  onChange={({ target }) => setGroupId(target.value === '' ? null : target.value)}
                >
                  <option value="">{t('tablet.allGroups')}</option>
                  {groups.map((group) => (
                    <option key={group.id} value={group.id}>
                      {group.name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <Board
              key={`${groupId} ${today}`}
              unitId={unit.id}
              kind={unit.kind}
              groupId={groupId}
              day={today}
              isTablet
            />
          </Page>
        </Caught>
      </main>
      {seconds <= warnSeconds && (
        <Sheet title={t('tablet.locksIn', { seconds: Math.ceil(seconds / 10) * 10 })} close={stay}>
          <div className="row">
            <button type="button" className="ds-button" disabled={presence.isPending} onClick={stay}>
              {t('tablet.stay')}
            </button>
            <button type="button" className="ds-button" data-variant="secondary" onClick={leave}>
              {t('tablet.leave')}
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}
