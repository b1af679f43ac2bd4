import { type ReactNode, useState } from 'react';
import { StaffInbox } from '../../../graph/generated/operations.ts';
import { Entries } from '../../inbox/entries.tsx';
import { Found } from '../../inbox/found.tsx';
import { Search } from '../../inbox/search.tsx';
import { MailPage } from './mail-page.tsx';

/** What was written to whoever is at work themself, newest first. */
export default function OwnPage({ isPutAway = false }: { readonly isPutAway?: boolean }): ReactNode {
  const [sought, setSought] = useState('');
  return (
    <MailPage>
      {() => (
        <>
          <Search seek={setSought} />
          {sought === '' ? (
            <Entries key={String(isPutAway)} operation={StaffInbox} isPutAway={isPutAway} />
          ) : (
            <Found words={sought} />
          )}
        </>
      )}
    </MailPage>
  );
}
