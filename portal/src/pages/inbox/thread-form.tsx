import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import {
  type MessageReadersQuery,
  SendDraft,
  StartThread,
  type StartThreadMutationVariables,
} from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { Files, type SentFile } from '../../parts/files.tsx';
import { SendTimeChoice, isTimeMissing, now, sendAtOf } from '../../parts/send-time.tsx';
import { useWords } from '../../words/words.ts';
import { GuardSays } from './guard-says.tsx';
import { useKnown } from './known.ts';
import { Outcome } from './outcome.tsx';
import { SubjectField } from './subject-field.tsx';
import { TextField } from './text-field.tsx';
import { type DraftInput, type KeptDraft, useDraft } from './use-draft.ts';
import { reasonIn, useGuard } from './use-guard.ts';
import { isWritten } from './written.ts';

type Input = StartThreadMutationVariables['input'];

/** The form of a new thread: subject, text, files, judged as it is written and kept as a draft. Above them stands who reads it. */
export function ThreadForm({
  thread,
  alsoGuardianIds = [],
  level,
  start,
  mayCarry,
  mayWait = false,
  isWhole = true,
  children,
}: {
  readonly thread: NonNullable<DraftInput['thread']> & Pick<Input, 'leaveOut'>;
  readonly alsoGuardianIds?: readonly string[];
  readonly level: NonNullable<MessageReadersQuery['messageReaders']>['guardLevel'];
  readonly start: KeptDraft | undefined;
  /** Whether whoever writes has a contact form to take it to. */
  readonly mayCarry: boolean;
  /** Whether it may be sent at a time that is wished. */
  readonly mayWait?: boolean;
  /** Whether nothing is missing of what stands above. */
  readonly isWhole?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { t, language } = useWords();
  const [, goTo] = useLocation();
  const { firstNames: knownNames } = useKnown();
  const [subject, setSubject] = useState(start?.subject ?? '');
  const [text, setText] = useState(start?.text ?? '');
  const [files, keepFiles] = useState<readonly SentFile[]>(start?.attachments ?? []);
  const [sendTime, setSendTime] = useState(now);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const begin = useChange(StartThread);
  const wait = useChange(SendDraft);
  const guarding = useGuard(subject, text, level, knownNames);
  const mayBeKept = isWritten(text) && guarding.isCurrent && guarding.verdict !== 'DIVERT';
  const draft = useDraft(start, mayBeKept ? { thread, subject, text, knownNames } : null);
  const results = [begin.data?.data.startThread, wait.data?.data.sendDraft];
  const refused = results.find((result) => result !== undefined && 'message' in result);
  const isNudged = guarding.verdict === 'NUDGE' || refused?.__typename === 'TextToReread';
  const carried = mayCarry ? { unitId: thread.unitId, childIds: thread.childIds, subject, text } : null;
  const sendAt = sendAtOf(sendTime);
  const common = { knownNames, isReread: isNudged, attachmentIds: files.map(({ id }) => id) };
  const sendNow = (): void =>
    begin.mutate(
      {
        input: { ...thread, ...common, subject, text, alsoGuardianIds, idempotencyKey: key },
        language: reasonIn(language),
      },
      {
        onSuccess: ({ data: { startThread } }) => {
          setKey(crypto.randomUUID());
          if (startThread.__typename !== 'MessageSent') return;
          draft.forget();
          goTo(`/inbox/${startThread.sent.thread?.id ?? ''}`);
        },
      },
    );
  const sendLater = (draftId: string, at: string): void =>
    wait.mutate(
      { input: { ...common, draftId, sendAt: at }, language: reasonIn(language) },
      {
        onSuccess: ({ data: { sendDraft } }) => {
          if (sendDraft.__typename !== 'DraftScheduled') return;
          draft.leave();
          goTo('/inbox/begun');
        },
      },
    );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (sendAt === undefined) sendNow();
        else if (draft.id !== undefined) sendLater(draft.id, sendAt);
      }}
    >
      {children}
      <SubjectField label={t('write.subject')} subject={subject} write={setSubject} />
      <TextField label={t('write.text')} text={text} write={setText} />
      <Files files={files} keep={keepFiles} />
      {mayWait && <SendTimeChoice legend="send.when" wanted={sendTime} choose={setSendTime} />}
      <GuardSays guarding={guarding} carried={carried} />
      <Outcome
        error={begin.error ?? wait.error}
        refused={refused !== undefined && 'message' in refused ? refused : undefined}
        text={text}
        carried={carried}
      />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          disabled={
            begin.isPending ||
            wait.isPending ||
            guarding.verdict === 'DIVERT' ||
            !isWritten(text) ||
            !isWhole ||
            isTimeMissing(sendTime) ||
            (sendAt !== undefined && !draft.isKept)
          }
        >
          {t(isNudged ? 'write.sendAnyway' : sendAt === undefined ? 'write.send' : 'send.schedule')}
        </button>
        {draft.id !== undefined && (
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            onClick={() => {
              draft.forget();
              goTo('/inbox');
            }}
          >
            {t('write.discard')}
          </button>
        )}
        {draft.isKept && <span className="quiet">{t('write.kept')}</span>}
      </div>
    </form>
  );
}
