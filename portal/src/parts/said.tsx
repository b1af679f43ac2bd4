import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';

/** What came of something that was sent: a refusal in the graph's own words, or that it was not sent. */
export function Said({
  error,
  refusal,
}: {
  readonly error: Error | null;
  readonly refusal: string | undefined;
}): ReactNode {
  const { t } = useWords();
  const text = error === null ? refusal : t('absence.notSent');
  return text === undefined ? null : (
    <p className="ds-alert" data-color="danger" role="alert">
      {text}
    </p>
  );
}
