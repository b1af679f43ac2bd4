import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../../words/words.ts';
import { ClassList } from '../mail/class-list.tsx';
import { MailPage } from '../mail/mail-page.tsx';

/** Where staff begin with what is announced: something new, or how it was answered, child by child as the graph tells it. */
export default function ChoosePage(): ReactNode {
  const { t } = useWords();
  return (
    <MailPage>
      {() => (
        <>
          <Link to="/inbox/events/new" className="ds-button" data-variant="secondary">
            {t('announce.title')}
          </Link>
          <p>{t('announce.choose')}</p>
          <ClassList to={(childId) => `/children/${childId}/events`} />
        </>
      )}
    </MailPage>
  );
}
