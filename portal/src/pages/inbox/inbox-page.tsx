import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Inbox } from '../../graph/generated/operations.ts';
import { Page } from '../../parts/page.tsx';
import { useWords } from '../../words/words.ts';
import { Stopped } from '../guardian/stopped.tsx';
import { Entries } from './entries.tsx';
import { Found } from './found.tsx';
import { OfFamily } from './of-family.tsx';
import { Places } from './places.tsx';
import { Search } from './search.tsx';

/** The threads of whoever is signed in, newest first. */
export default function InboxPage({ isPutAway = false }: { readonly isPutAway?: boolean }): ReactNode {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  return (
    <Page title={t('inbox.title')}>
      <Stopped of="MESSAGING" />
      <Link to="/inbox/new" className="ds-button">
        {t('inbox.write')}
      </Link>
      <Places />
      <Search seek={setSought} />
      <OfFamily>
        {sought === '' ? (
          <Entries key={String(isPutAway)} operation={Inbox} isPutAway={isPutAway} />
        ) : (
          <Found words={sought} />
        )}
      </OfFamily>
    </Page>
  );
}
