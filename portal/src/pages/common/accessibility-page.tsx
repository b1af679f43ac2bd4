import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../../parts/page.tsx';
import { useWords } from '../../words/words.ts';

const parts = ['standard', 'tested', 'known', 'tell'] as const;

/** What the portal keeps to so that everybody can use it, what it does not reach yet, and whom to tell (UU-02). */
export default function AccessibilityPage(): ReactNode {
  const { t } = useWords();
  return (
    <Page title={t('accessibility.title')}>
      {parts.map((part) => (
        <section key={part} aria-labelledby={part}>
          <h2 className="ds-heading" data-size="sm" id={part}>
            {t(`accessibility.${part}`)}
          </h2>
          <p className="ds-paragraph">{t(`accessibility.${part}Text`)}</p>
        </section>
      ))}
      <Link to="/" className="ds-link">
        {t('app.toStart')}
      </Link>
    </Page>
  );
}
