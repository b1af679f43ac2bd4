import type { ReactNode } from 'react';
import { LanguageChoice } from '../../parts/language-choice.tsx';
import { Page } from '../../parts/page.tsx';
import { useWords } from '../../words/words.ts';

/** Where one comes back to after the login: where one was, so that a link in a notice leads there. */
const loginAs = (kind: 'guardian' | 'staff'): string =>
  `/login/${kind}?return=${encodeURIComponent(location.pathname)}`;

export function SignIn(): ReactNode {
  const { t } = useWords();
  return (
    <main id="content" className="sign-in">
      <Page title={t('signIn.title')}>
        <p className="ds-paragraph" data-size="lg">
          {t('signIn.lead')}
        </p>
        <div className="ways">
          <div>
            <a className="ds-button" data-fullwidth href={loginAs('guardian')}>
              {t('signIn.guardian')}
            </a>
            <p className="quiet">{t('signIn.guardianNote')}</p>
          </div>
          <div>
            <a className="ds-button" data-variant="secondary" data-fullwidth href={loginAs('staff')}>
              {t('signIn.staff')}
            </a>
            <p className="quiet">{t('signIn.staffNote')}</p>
          </div>
        </div>
        <LanguageChoice />
      </Page>
    </main>
  );
}
