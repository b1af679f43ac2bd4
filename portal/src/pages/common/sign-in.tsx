import { type ReactNode, useState } from 'react';
import { forgiveLostReports, lostReports } from '../../offline/waiting-reports.ts';
import { Link } from 'wouter';
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
        <Lost />
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
        <Link to="/accessibility" className="ds-link">
          {t('accessibility.title')}
        </Link>
      </Page>
    </main>
  );
}

/** What went with a session that ended: nobody may believe that it was sent. */
function Lost(): ReactNode {
  const { t } = useWords();
  const [count, setCount] = useState(lostReports);
  if (count === 0) return null;
  return (
    <div className="ds-alert" data-color="danger" role="alert">
      <p>{t('signIn.lost', { count })}</p>
      <button
        type="button"
        className="ds-button"
        data-variant="secondary"
        onClick={() => {
          forgiveLostReports();
          setCount(0);
        }}
      >
        {t('signIn.lostSeen')}
      </button>
    </div>
  );
}
