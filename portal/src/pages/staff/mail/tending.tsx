import type { ReactNode } from 'react';
import { ReleaseThread, SettleThread, TakeThread } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { useWords } from '../../../words/words.ts';
import { useKnown } from '../../inbox/known.ts';

interface Lying {
  readonly waitsSince: string | null;
  readonly takenBy: { readonly id: string } | null;
}

/** Since when a thread waits, who has taken it, and what one can do about it: take it, leave it to the others, or say that it needs no answer. */
export function Tending({
  threadId,
  entry: { waitsSince, takenBy },
  of,
}: {
  readonly threadId: string;
  readonly entry: Lying;
  /** What the thread is about, so that each button of a list says which it is for. */
  readonly of: string | null;
}): ReactNode {
  const { t, instant } = useWords();
  const { viewerId } = useKnown();
  const take = useChange(TakeThread);
  const release = useChange(ReleaseThread);
  const settle = useChange(SettleThread);
  const isPending = take.isPending || release.isPending || settle.isPending;
  const isOwn = takenBy !== null && takenBy.id === viewerId;
  const results = [
    take.data?.data.takeThread,
    release.data?.data.releaseThread,
    settle.data?.data.settleThread,
  ];
  const refused = results.find((result) => result !== undefined && 'message' in result);
  const button = (label: string, act: () => void): ReactNode => (
    <button
      type="button"
      className="ds-button"
      data-variant="tertiary"
      disabled={isPending}
      aria-label={`${label}: ${of ?? t('inbox.noSubject')}`}
      onClick={act}
    >
      {label}
    </button>
  );
  if (waitsSince === null && takenBy === null) return null;
  return (
    <div className="off-paper">
      <p className="row">
        {waitsSince !== null && (
          <span className="ds-tag" data-color="warning">
            {t('mail.waits', { time: instant(waitsSince) })}
          </span>
        )}
        <span>{t(takenBy === null ? 'mail.free' : isOwn ? 'mail.yours' : 'mail.taken')}</span>
      </p>
      <div className="row">
        {takenBy === null && button(t('mail.take'), () => take.mutate({ input: { threadId } }))}
        {takenBy !== null &&
          !isOwn &&
          button(t('mail.takeOver'), () => take.mutate({ input: { threadId, fromPersonId: takenBy.id } }))}
        {isOwn && button(t('mail.release'), () => release.mutate({ input: { threadId } }))}
        {waitsSince !== null && button(t('mail.settle'), () => settle.mutate({ input: { threadId } }))}
      </div>
      <Said
        error={take.error ?? release.error ?? settle.error}
        refusal={refused !== undefined && 'message' in refused ? refused.message : undefined}
      />
    </div>
  );
}
