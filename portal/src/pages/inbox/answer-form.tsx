import { type ReactNode, useState } from 'react';
import { SendMessage } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { useWords } from '../../words/words.ts';
import type { OneMessage } from './letter.tsx';
import { Outcome } from './outcome.tsx';
import { TextField, longest } from './text-field.tsx';
import type { OpenThread } from './thread-page.tsx';
import { firstNames, usePeople } from './use-people.ts';

/** An answer to the newest message. It goes to the staff, and to those of the other guardians who are chosen, this time. */
export function AnswerForm({
  answers,
  thread,
}: {
  readonly answers: OneMessage;
  readonly thread: OpenThread;
}): ReactNode {
  const { t } = useWords();
  const people = usePeople();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = useChange(SendMessage);
  const result = send.data?.data.sendMessage;
  const refused = result === undefined || result.__typename === 'MessageSent' ? undefined : result;
  const mayBeChosen = answers.homeReaders.filter(({ id }) => id !== people.viewerId);
  const submit = (): void =>
    send.mutate(
      {
        input: {
          answersId: answers.id,
          text,
          alsoGuardianIds: mayBeChosen.map(({ id }) => id).filter((id) => chosen.has(id)),
          isReread: refused?.__typename === 'TextToReread',
          knownNames: firstNames(people),
          idempotencyKey: key,
        },
      },
      {
        onSuccess: ({ data }) => {
          // An answer that was refused was not sent: the next is another.
          setKey(crypto.randomUUID());
          if (data.sendMessage.__typename === 'MessageSent') setText('');
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
      {mayBeChosen.length > 0 && (
        <fieldset className="ds-fieldset">
          <legend className="ds-label">{t('write.alsoTo')}</legend>
          {mayBeChosen.map(({ id }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                className="ds-input"
                checked={chosen.has(id)}
                onChange={({ target }) =>
                  setChosen(
                    new Set(target.checked ? [...chosen, id] : [...chosen].filter((one) => one !== id)),
                  )
                }
              />
              <span>{people.called(id, 'GUARDIAN')}</span>
            </label>
          ))}
        </fieldset>
      )}
      <TextField label={t('write.text')} text={text} write={setText} />
      <Outcome error={send.error} refused={refused} text={text} />
      <button
        type="submit"
        className="ds-button"
        disabled={send.isPending || text.trim() === '' || Array.from(text).length > longest}
      >
        {t(refused?.__typename === 'TextToReread' ? 'write.sendAnyway' : 'write.send')}
      </button>
      {result?.__typename === 'MessageSent' && text === '' && <p role="status">{t('write.sent')}</p>}
    </form>
  );
}
