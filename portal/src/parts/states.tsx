import type { UseQueryResult } from '@tanstack/react-query';
import { Component, type ReactNode } from 'react';
import type { Answer } from '../graph/ask.ts';
import { useWords } from '../words/words.ts';

/** In the place of what is on its way. */
export function Loading(): ReactNode {
  const { t } = useWords();
  return (
    <p role="status" className="quiet">
      {t('app.loading')}
    </p>
  );
}

/** In the place of what is null for a fault: so that nobody takes it for nothing. */
export function Unread(): ReactNode {
  const { t } = useWords();
  return (
    <p className="ds-alert" data-color="warning" data-size="sm">
      {t('app.unread')}
    </p>
  );
}

export function Away({ again }: { readonly again: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <div className="ds-alert" data-color="warning" role="alert">
      <p>{t('app.away')}</p>
      <button type="button" className="ds-button" data-variant="secondary" onClick={again}>
        {t('app.tryAgain')}
      </button>
    </div>
  );
}

/** What has been read, or how it stands with it. What was read before is shown until there is something newer. */
export function Read<Data>({
  from,
  children,
}: {
  readonly from: UseQueryResult<Answer<Data>>;
  readonly children: (answer: Answer<Data>) => ReactNode;
}): ReactNode {
  if (from.data !== undefined) return children(from.data);
  if (from.isError) return <Away again={() => void from.refetch()} />;
  return <Loading />;
}

interface CaughtProps {
  readonly text: string;
  readonly children: ReactNode;
}

/** Keeps a fault of one page from taking the others with it. */
export class Caught extends Component<CaughtProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <p className="ds-alert" data-color="danger" role="alert">
        {this.props.text}
      </p>
    );
  }
}
