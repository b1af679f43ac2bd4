import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { type Word, useWords } from '../../words/words.ts';

export interface PlaceWithin {
  readonly to: string;
  readonly word: Word;
}

const ofGuardians: readonly PlaceWithin[] = [
  { to: '/inbox', word: 'inbox.threads' },
  { to: '/inbox/put-away', word: 'inbox.putAway' },
  { to: '/inbox/received', word: 'inbox.received' },
  { to: '/inbox/events', word: 'events.title' },
];

/** The places within the inbox. */
export function Places({ places = ofGuardians }: { readonly places?: readonly PlaceWithin[] }): ReactNode {
  const { t } = useWords();
  const [at] = useLocation();
  return (
    <nav className="places-within" aria-label={t('inbox.places')}>
      {places.map(({ to, word }) => (
        <Link key={to} to={to} className="within" aria-current={at === to ? 'page' : undefined}>
          {t(word)}
        </Link>
      ))}
    </nav>
  );
}
