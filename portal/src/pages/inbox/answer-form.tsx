import { type ReactNode, useState } from 'react';
import { Drafts, type MessageReadersQuery, SendMessage } from '../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../graph/use-graph.ts';
import { Read } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { GuardSays } from './guard-says.tsx';
import { GuardianChoice } from './guardian-choice.tsx';
import type { OneMessage } from './letter.tsx';
import { Outcome } from './outcome.tsx';
import { TextField, longest } from './text-field.tsx';
import type { OpenThread } from './thread-page.tsx';
import { type KeptDraft, useDraft } from './use-draft.ts';
import { reasonIn, useGuard } from './use-guard.ts';
import { firstNames, usePeople } from './use-people.ts';

interface Answering {
  readonly answers: OneMessage;
  readonly thread: OpenThread;
  readonly level: NonNullable<MessageReadersQuery['messageReaders']>['guardLevel'];
}

/** An answer to the newest message. It goes to the staff, and to those of the other guardians who are chosen, this time. */
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
  start,
  isAgain,
  whenSent,
}: Answering & {
  readonly start: KeptDraft | undefined;
  readonly isAgain: boolean;
  readonly whenSent: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const people = usePeople();
  const knownNames = firstNames(people);
  const [text, setText] = useState(start?.text ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = useChange(SendMessage);
  const result = send.data?.data.sendMessage;
  const refused = result === undefined || result.__typename === 'MessageSent' ? undefined : result;
  const mayBeChosen = answers.homeReaders.map(({ id }) => id).filter((id) => id !== people.viewerId);
  const guarding = useGuard('', text, level, knownNames);
  const isTooLong = Array.from(text).length > longest;
  const mayBeKept = text.trim() !== '' && !isTooLong && guarding.isCurrent && guarding.verdict !== 'DIVERT';
  const answer = { messageId: answers.id };
  const draft = useDraft(start, mayBeKept ? { answer, text, knownNames } : null);
  const isNudged = guarding.verdict === 'NUDGE' || refused?.__typename === 'TextToReread';
  const carried = {
    ...{ unitId: thread.unit.id, subject: thread.subject ?? '', text },
    childIds: thread.children.map(({ id }) => id),
  };
  const submit = (): void =>
    send.mutate(
      {
        input: {
          ...{ answersId: answers.id, text, knownNames, isReread: isNudged, idempotencyKey: key },
          alsoGuardianIds: mayBeChosen.filter((id) => chosen.has(id)),
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
      <p className="quiet">{t('thread.answerTo', { unit: thread.unit.name })}</p>
      <GuardianChoice ids={mayBeChosen} chosen={chosen} choose={setChosen} />
      <TextField label={t('write.text')} text={text} write={setText} />
      <GuardSays guarding={guarding} carried={carried} />
      <Outcome error={send.error} refused={refused} carried={carried} />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          disabled={send.isPending || guarding.verdict === 'DIVERT' || text.trim() === '' || isTooLong}
        >
          {t(isNudged ? 'write.sendAnyway' : 'write.send')}
        </button>
        {draft.isKept && <span className="quiet">{t('write.kept')}</span>}
      </div>
      {isAgain && text === '' && <p role="status">{t('write.sent')}</p>}
    </form>
  );
}
