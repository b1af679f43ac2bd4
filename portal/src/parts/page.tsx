import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/words.ts';

/** A page: its heading takes the focus when one comes to it, so that a screen reader says where one is. */
export function Page({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('app.name')}`;
    heading.current?.focus({ preventScroll: true });
  }, [title, t]);
  return (
    <>
      <h1 className="ds-heading" data-size="lg" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </>
  );
}
