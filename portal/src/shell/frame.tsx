import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import { Caught } from '../parts/states.tsx';
import { forgetAll } from '../offline/store.ts';
import { waitingReports } from '../offline/waiting-reports.ts';
import { WaitingList } from '../pages/common/waiting-list.tsx';
import { signOut, useSession } from '../session/use-session.ts';
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
  const { t, instant } = useWords();
  const [at] = useLocation();
  const heldAt = useSession().data?.heldAt;
  const [hasStayed, setStayed] = useState(false);
  const leave = (): void => {
    setStayed(false);
    signOut().catch(async () => {
      waitingReports.forget();
      await forgetAll();
      setStayed(true);
    });
  };
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
        <button type="button" className="ds-button" data-variant="tertiary" onClick={leave}>
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
        {hasStayed && (
          <p className="ds-alert" data-color="danger" role="alert">
            {t('nav.notSignedOut')}
          </p>
        )}
        {(!isOnline || heldAt !== undefined) && (
          <p className="ds-alert" data-color="warning" role="status">
            {heldAt === undefined ? t('app.offline') : t('app.held', { instant: instant(heldAt) })}
          </p>
        )}
        <WaitingList />
        <Caught key={at} text={t('app.fault')}>
          {children}
        </Caught>
      </main>
    </>
  );
}
