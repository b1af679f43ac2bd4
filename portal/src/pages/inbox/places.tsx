import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../../words/words.ts';

const places = [
  { to: '/inbox', word: 'inbox.threads' },
  { to: '/inbox/put-away', word: 'inbox.putAway' },
  { to: '/inbox/received', word: 'inbox.received' },
] as const;

/** The places within the inbox. */
export function Places(): ReactNode {
  const { t } = useWords();
  const [at] = useLocation();
  return (
    <nav className="row" aria-label={t('inbox.places')}>
      {places.map(({ to, word }) => (
        <Link key={to} to={to} className="within" aria-current={at === to ? 'page' : undefined}>
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}
