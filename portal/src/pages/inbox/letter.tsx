import type { ReactNode } from 'react';
import { useWords } from '../../words/words.ts';
import type { OneMessage } from './letters.tsx';
import { useKnown } from './known.ts';

/** A message: who wrote it and when, which guardians it is for, what it says, and its files to save. */
export function Letter({
  message,
  children,
}: {
  readonly message: OneMessage;
  /** What can be done with it, where anything can. */
  readonly children?: ReactNode;
}): ReactNode {
  const { t, instant } = useWords();
  const { called } = useKnown();
  const { author, homeReaders, attachments, state, text } = message;
  const wrote = author === null ? t('app.someone') : called(author.person.id, author.capacity);
  const home = homeReaders.map(({ id }) => called(id, 'GUARDIAN')).join(', ');
  return (
    <article className="ds-card" aria-label={`${wrote}, ${instant(message.sentAt)}`}>
      <p>
        <strong>{wrote}</strong>{' '}
        <time className="quiet" dateTime={message.sentAt}>
          {instant(message.sentAt)}
        </time>
        {home !== '' && (
          <>
            <br />
            <span className="quiet">{t('thread.home', { names: home })}</span>
          </>
        )}
      </p>
      {state === 'HELD' && <p className="quiet">{t('thread.held')}</p>}
      {text === null ? (
        <p className="quiet">{t(state === 'MOVED' ? 'thread.moved' : 'thread.withdrawn')}</p>
      ) : (
        <p className="letter" dir="auto">
          {text}
        </p>
      )}
      {attachments.length > 0 && (
        <ul className="lines" aria-label={t('thread.files')}>
          {attachments.map(({ id, name, bytes, downloadUrl, state: stands }) => (
            <li key={id}>
              {downloadUrl === null ? (
                <span className="quiet">
                  {name}: {t(stands === 'REFUSED' ? 'thread.fileRefused' : 'thread.fileScanning')}
                </span>
              ) : (
                <a className="ds-link touch" href={downloadUrl} download={name}>
                  {t('thread.save', { name, size: Math.max(1, Math.round(bytes / 1024)) })}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {children}
    </article>
  );
}
