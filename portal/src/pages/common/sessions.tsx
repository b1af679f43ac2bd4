import type { ReactNode } from 'react';
import { Away, Loading } from '../../parts/states.tsx';
import { useWords } from '../../words/words.ts';
import { type OpenSession, useEndSession, useSessions } from './use-sessions.ts';

const browserNames: Readonly<Record<string, string>> = {
  EDGE: 'Edge',
  OPERA: 'Opera',
  SAMSUNG: 'Samsung Internet',
  FIREFOX: 'Firefox',
  CHROME: 'Chrome',
  SAFARI: 'Safari',
};
const platforms: Readonly<Record<string, string>> = {
  ANDROID: 'Android',
  IOS: 'iPhone / iPad',
  WINDOWS: 'Windows',
  CHROMEOS: 'Chromebook',
  MACOS: 'Mac',
  LINUX: 'Linux',
};

/** Where somebody is signed in, and a way to end it there. */
export function Sessions(): ReactNode {
  const { t } = useWords();
  const sessions = useSessions();
  const end = useEndSession();
  return (
    <section aria-labelledby="sessions">
      <h2 className="ds-heading" data-size="sm" id="sessions">
        {t('settings.sessions')}
      </h2>
      {sessions.isPending && <Loading />}
      {sessions.isError && <Away again={() => void sessions.refetch()} />}
      <ul className="lines">
        {(sessions.data ?? []).map((session) => (
          <li key={session.id} className="row">
            <Described session={session} />
            {session.isCurrent ? (
              <strong>{t('settings.here')}</strong>
            ) : (
              <button
                type="button"
                className="ds-button"
                data-variant="tertiary"
                disabled={end.isPending}
                onClick={() => end.mutate(session.id)}
              >
                {t('settings.endSession')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data ?? []).length > 1 && (
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          disabled={end.isPending}
          onClick={() => end.mutate(null)}
        >
          {t('settings.endOthers')}
        </button>
      )}
    </section>
  );
}

function Described({ session }: { readonly session: OpenSession }): ReactNode {
  const { t, instant } = useWords();
  const { kind, browser, openedAt, lastUsedAt, isNewBrowser } = session;
  return (
    <span>
      {t(`settings.${kind}`)} ·{' '}
      {t('settings.on', {
        browser: browserNames[browser.name] ?? t('settings.browser.OTHER'),
        platform: platforms[browser.platform] ?? t('settings.platform.OTHER'),
      })}
      <br />
      <span className="quiet">
        {t('settings.opened', { time: instant(openedAt), used: instant(lastUsedAt) })}
        {isNewBrowser && ` · ${t('settings.newBrowser')}`}
      </span>
    </span>
  );
}
