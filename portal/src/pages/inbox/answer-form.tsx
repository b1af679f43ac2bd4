import { type ReactNode, useState } from 'react';
import { Drafts, type MessageReadersQuery, SendMessage } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { Files, type SentFile } from '../../parts/files.tsx';
import { Read } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { GuardSays } from './guard-says.tsx';
import { GuardianChoice } from './guardian-choice.tsx';
import { type AboutChild, useKnown } from './known.ts';
import type { OneMessage } from './letters.tsx';
import { Outcome } from './outcome.tsx';
import { TextField } from './text-field.tsx';
import { type KeptDraft, useDraft } from './use-draft.ts';
import { reasonIn, useGuard } from './use-guard.ts';
import { isWritten } from './written.ts';

interface Answering {
  readonly answers: OneMessage;
  readonly thread: {
    readonly id: string;
    readonly subject: string | null;
    readonly unit: { readonly id: string };
    readonly children: readonly AboutChild[];
  };
  readonly level: NonNullable<MessageReadersQuery['messageReaders']>['guardLevel'];
  /** Guardians whom a guardian may choose to let in on it, this time. */
  readonly mayBeChosen: readonly string[];
  /** To whom it goes, in words. */
  readonly lead: string;
  /** Whether whoever writes has a contact form to take it to. */
  readonly mayCarry: boolean;
}

/** An answer to the newest message, which goes to who reads that. */
export function AnswerForm(answering: Answering): ReactNode {
  const kept = useGraph(Drafts, {});
  const [sent, setSent] = useState(0);
  return (
    <Read from={kept}>
      {({ data: { drafts } }) => (
        <Writing
          key={sent}
          {...answering}
          isAgain={sent > 0}
          start={
            sent > 0
              ? undefined
              : drafts?.nodes.find((one) => one.answers?.thread?.id === answering.thread.id)
          }
          whenSent={() => setSent(sent + 1)}
        />
      )}
    </Read>
  );
}

function Writing({
  answers,
  thread,
  level,
  mayBeChosen,
  lead,
  mayCarry,
  start,
  isAgain,
  whenSent,
}: Answering & {
  readonly start: KeptDraft | undefined;
  readonly isAgain: boolean;
  readonly whenSent: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const { firstNames: knownNames } = useKnown(thread.children);
  const [text, setText] = useState(start?.text ?? '');
  const [files, keepFiles] = useState<readonly SentFile[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = useChange(SendMessage);
  const result = send.data?.data.sendMessage;
  const refused = result === undefined || result.__typename === 'MessageSent' ? undefined : result;
  const guarding = useGuard('', text, level, knownNames);
  const mayBeKept = isWritten(text) && guarding.isCurrent && guarding.verdict !== 'DIVERT';
  const answer = { messageId: answers.id };
  const draft = useDraft(start, mayBeKept ? { answer, text, knownNames } : null);
  const isNudged = guarding.verdict === 'NUDGE' || refused?.__typename === 'TextToReread';
  const carried = mayCarry
    ? {
        ...{ unitId: thread.unit.id, subject: thread.subject ?? '', text },
        childIds: thread.children.map(({ id }) => id),
      }
    : null;
  const submit = (): void =>
    send.mutate(
      {
        input: {
          ...{ answersId: answers.id, text, knownNames, isReread: isNudged, idempotencyKey: key },
          alsoGuardianIds: mayBeChosen.filter((id) => chosen.has(id)),
          attachmentIds: files.map(({ id }) => id),
        },
        language: reasonIn(language),
      },
      {
        onSuccess: ({ data }) => {
          // An answer that was refused was not sent: the next is another.
          setKey(crypto.randomUUID());
          if (data.sendMessage.__typename !== 'MessageSent') return;
          draft.forget();
          whenSent();
        },
      },
    );
  return (
    <form
      className="form off-paper"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="ds-heading" data-size="sm">
        {t('thread.answer')}
      </h2>
      <p className="quiet">{lead}</p>
      <GuardianChoice ids={mayBeChosen} chosen={chosen} choose={setChosen} />
      <TextField label={t('write.text')} text={text} write={setText} />
      <Files files={files} keep={keepFiles} />
      <GuardSays guarding={guarding} carried={carried} />
      <Outcome error={send.error} refused={refused} text={text} carried={carried} />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          disabled={send.isPending || guarding.verdict === 'DIVERT' || !isWritten(text)}
        >
          {t(isNudged ? 'write.sendAnyway' : 'write.send')}
        </button>
        {draft.isKept && <span className="quiet">{t('write.kept')}</span>}
      </div>
      {isAgain && text === '' && <p role="status">{t('write.sent')}</p>}
    </form>
  );
}
