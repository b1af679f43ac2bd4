import type { ReactNode } from 'react';
import {
  MoveMessageToCase,
  ReleaseMessage,
  type StaffThreadQuery,
  WithdrawMessage,
} from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { useNow } from '../../../day.ts';
import { Asked } from '../../../parts/asked.tsx';
import { Said } from '../../../parts/said.tsx';
import { useWords } from '../../../words/words.ts';
import { useKnown } from '../../inbox/known.ts';
import { RaiseConcern } from './raise-concern.tsx';

type Message = NonNullable<NonNullable<StaffThreadQuery['thread']>['messages']>['nodes'][number];

/** How long what was sent can be taken back (MSG-17). */
const takenBackWithinMs = 7 * 24 * 60 * 60_000;

/** What staff are told of a message, and can do with it: let it go home, take it back, or move it to a case. */
export function LetterActs({ message }: { readonly message: Message }): ReactNode {
  const { t } = useWords();
  const { viewerId } = useKnown();
  const now = useNow();
  const { author, state, receipt, archivePrompt } = message;
  const isOwn = author?.person.id === viewerId && author?.capacity === 'STAFF';
  const isFromHome = author?.capacity === 'GUARDIAN';
  const canTakeBack =
    isOwn && (state === 'HELD' || (state === 'SENT' && now - Date.parse(message.sentAt) < takenBackWithinMs));
  return (
    <>
      {receipt !== null && (
        <p className="quiet">{t('mail.receipt', { count: receipt.readerCount, among: receipt.among })}</p>
      )}
      {archivePrompt !== null && (
        <p className="ds-alert" data-color="info" data-size="sm">
          {t(`mail.archive.${archivePrompt}`)}
        </p>
      )}
      <div className="row off-paper">
        {state === 'HELD' && !isOwn && <LetGo messageId={message.id} />}
        {canTakeBack && <TakeBack messageId={message.id} />}
        {isFromHome && state === 'SENT' && <Move messageId={message.id} />}
        {state === 'SENT' && <RaiseConcern messageId={message.id} />}
      </div>
    </>
  );
}

interface Which {
  readonly messageId: string;
}

/** What staff have written of a protected child goes home when another who is named for it has read it (S-08). */
function LetGo({ messageId }: Which): ReactNode {
  const { t } = useWords();
  const release = useChange(ReleaseMessage);
  const result = release.data?.data.releaseMessage;
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="secondary"
        disabled={release.isPending}
        onClick={() => release.mutate({ input: { messageId } })}
      >
        {t('mail.letGo')}
      </button>
      <Said
        error={release.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </>
  );
}

function TakeBack({ messageId }: Which): ReactNode {
  const { t } = useWords();
  const withdraw = useChange(WithdrawMessage);
  const result = withdraw.data?.data.withdrawMessage;
  return (
    <Asked
      label={t('mail.withdraw')}
      lead={t('mail.withdrawLead')}
      isPending={withdraw.isPending}
      act={(done) =>
        withdraw.mutate(
          { input: { messageId } },
          { onSuccess: ({ data }) => 'message' in data.withdrawMessage || done() },
        )
      }
      error={withdraw.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

function Move({ messageId }: Which): ReactNode {
  const { t } = useWords();
  const move = useChange(MoveMessageToCase);
  const result = move.data?.data.moveMessageToCase;
  return (
    <Asked
      label={t('mail.move')}
      lead={t('mail.moveLead')}
      isPending={move.isPending}
      act={(done) =>
        move.mutate(
          { input: { messageId } },
          { onSuccess: ({ data }) => 'message' in data.moveMessageToCase || done() },
        )
      }
      error={move.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}
