import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../../parts/page.tsx';
import { useWords } from '../../words/words.ts';

/** The same for what is not there and for what is not for whoever asks (S-06). */
export function NotFound(): ReactNode {
  const { t } = useWords();
  return (
    <Page title={t('app.notFound')}>
      <p>{t('app.notFoundText')}</p>
      <Link to="/" className="ds-link">
        {t('app.toStart')}
      </Link>
    </Page>
  );
}
