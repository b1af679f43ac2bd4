import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../words/words.ts';

/** Something to do in front of the page: held by the browser's own dialogue, so that focus and Escape are its. */
export function Sheet({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog className="ds-dialog sheet" ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 className="ds-heading" data-size="sm" id={id}>
        {title}
      </h2>
      {children}
      <button
        type="button"
        className="ds-button close"
        data-variant="tertiary"
        onClick={() => dialog.current?.close()}
      >
        {t('app.close')}
      </button>
    </dialog>
  );
}
