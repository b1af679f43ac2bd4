import { type ReactNode, useId, useState } from 'react';
import { SignedOut } from '../graph/ask.ts';
import { type Word, useWords } from '../words/words.ts';

/** A file that the municipality has, to go with what is being written. */
export interface SentFile {
  readonly id: string;
  readonly name: string;
}

const most = 10;
const taken = 'image/jpeg,image/png,image/webp,application/pdf';

const refusals: Readonly<Record<string, Word>> = {
  EMPTY: 'files.EMPTY',
  TOO_LARGE: 'files.TOO_LARGE',
  TYPE_NOT_TAKEN: 'files.TYPE_NOT_TAKEN',
  TOO_MANY_PIXELS: 'files.TOO_LARGE',
  LOCKED: 'files.LOCKED',
  ACTIVE_CONTENT: 'files.ACTIVE_CONTENT',
};

type Answered =
  { readonly file: { readonly id: string } } | { readonly refusal: { readonly code: string } } | object;

/** Sends a file in. Answers its id, or the word for why it was not taken. */
async function sendIn(file: File): Promise<{ readonly id: string } | { readonly why: Word }> {
  const response = await fetch('/files', {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(file.name),
    },
    body: file,
  });
  if (response.status === 401) throw new SignedOut();
  const answered = (await response.json()) as Answered;
  if ('file' in answered) return { id: answered.file.id };
  return { why: ('refusal' in answered ? refusals[answered.refusal.code] : undefined) ?? 'files.other' };
}

/** Files to go with something: sent in one by one as they are chosen, so that what is refused is known before the rest is sent. */
export function Files({
  files,
  keep,
  note,
}: {
  readonly files: readonly SentFile[];
  readonly keep: (change: (files: readonly SentFile[]) => readonly SentFile[]) => void;
  readonly note?: string;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [underWay, setUnderWay] = useState(0);
  const [refused, setRefused] = useState<readonly { readonly name: string; readonly why: Word }[]>([]);
  const add = async (chosen: readonly File[]): Promise<void> => {
    setRefused([]);
    for (const file of chosen.slice(0, most - files.length)) {
      setUnderWay((count) => count + 1);
      const came = await sendIn(file).catch(() => ({ why: 'absence.notSent' }) as const);
      setUnderWay((count) => count - 1);
      if ('id' in came) keep((known) => [...known, { id: came.id, name: file.name }]);
      else setRefused((known) => [...known, { name: file.name, why: came.why }]);
    }
  };
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {t('files.add')}
      </label>
      <input
        className="ds-input"
        id={id}
        type="file"
        multiple
        accept={taken}
        aria-describedby={`${id}-note`}
        disabled={underWay > 0 || files.length >= most}
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          target.value = '';
          void add(chosen);
        }}
      />
      <p id={`${id}-note`} className="quiet">
        {note ?? t('files.note')}
      </p>
      <div role="status">
        {underWay > 0 && <p>{t('files.underWay')}</p>}
        {refused.map(({ name, why }) => (
          <p key={name} className="ds-alert" data-color="warning" data-size="sm">
            {name}: {t(why)}
          </p>
        ))}
      </div>
      {files.length > 0 && (
        <ul className="lines" aria-label={t('thread.files')}>
          {files.map((file) => (
            <li key={file.id} className="row">
              <span>{file.name}</span>
              <button
                type="button"
                className="ds-button"
                data-variant="tertiary"
                aria-label={`${t('files.remove')}: ${file.name}`}
                onClick={() => keep((known) => known.filter((one) => one.id !== file.id))}
              >
                {t('files.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
