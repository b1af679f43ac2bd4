import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../words/words.ts';
import { type Carried, carry } from './carried.ts';
import type { Guarding } from './use-guard.ts';

/** What the guard saw in a text, each passage with why; and the way over, for what does not belong in a message. */
export function GuardSays({
  guarding: { verdict, seen },
  carried,
}: {
  readonly guarding: Guarding;
  /** What goes over to the contact form. Null for staff, who have none. */
  readonly carried: Carried | null;
}): ReactNode {
  const { t } = useWords();
  return (
    <div role="status">
      {verdict !== 'OK' && (
        <div className="ds-alert" data-color={verdict === 'DIVERT' ? 'danger' : 'warning'}>
          <p>
            <strong>{t(verdict === 'DIVERT' ? 'write.diverted' : 'write.reread')}</strong>
          </p>
          <ul>
            {seen.map(({ passage, reason, topic }, at) => (
              <li key={at}>
                <q>{passage}</q> {carried === null ? t(`guard.${topic}`) : reason}
              </li>
            ))}
          </ul>
          {verdict === 'DIVERT' && (
            <>
              <p>{t('write.notKept')}</p>
              {carried === null ? (
                <p>{t('write.elsewhere')}</p>
              ) : (
                <Link
                  to="/contact-form"
                  className="ds-button"
                  data-variant="secondary"
                  onClick={() => carry(carried)}
                >
                  {t('write.toContactForm')}
                </Link>
              )}
            </>
          )}
        </div>
      )}
    </div>
  );
}
