import { type ReactNode, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import { Caught } from '../parts/states.tsx';
import { signOut } from '../session/session.ts';
import { type Word, useWords } from '../words/words.ts';

export interface Place {
  readonly to: string;
  readonly word: Word;
  readonly icon: string;
  /** How much waits there, as a number and in words. */
  readonly waiting?: { readonly count: number; readonly text: string } | undefined;
}

function onNetwork(tell: () => void): () => void {
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}

/** What stands around every page of whoever is signed in. */
export function Frame({
  places,
  children,
}: {
  readonly places: readonly Place[];
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const [at] = useLocation();
  const isOnline = useSyncExternalStore(onNetwork, () => navigator.onLine);
  const isHere = (to: string): boolean => (to === '/' ? at === '/' : at === to || at.startsWith(`${to}/`));
  return (
    <>
      <a className="ds-skip-link" href="#content">
        {t('app.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          {t('app.name')}
        </Link>
        <button type="button" className="ds-button" data-variant="tertiary" onClick={() => void signOut()}>
          {t('nav.signOut')}
        </button>
      </header>
      <nav className="places" aria-label={t('nav.main')}>
        {places.map(({ to, word, icon, waiting }) => (
          <Link key={to} to={to} aria-current={isHere(to) ? 'page' : undefined}>
            <svg aria-hidden="true" viewBox="0 0 24 24">
              <path d={icon} />
            </svg>
            <span>{t(word)}</span>
            {waiting !== undefined && waiting.count > 0 && (
              <span className="count">
                <span aria-hidden="true">{waiting.count > 99 ? '99+' : waiting.count}</span>
                <span className="ds-sr-only">{waiting.text}</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <main id="content">
        {!isOnline && (
          <p className="ds-alert" data-color="warning" role="status">
            {t('app.offline')}
          </p>
        )}
        <Caught key={at} text={t('app.fault')}>
          {children}
        </Caught>
      </main>
    </>
  );
}
