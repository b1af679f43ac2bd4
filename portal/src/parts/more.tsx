import { type ReactNode, useEffect, useRef, useState } from 'react';

/** What comes after a page of a list, once it is asked for. The focus goes to where it begins. */
export function More({
  label,
  children,
}: {
  readonly label: string;
  readonly children: () => ReactNode;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) shown.current?.focus({ preventScroll: true });
  }, [isOpen]);
  return isOpen ? (
    <div ref={shown} tabIndex={-1} role="group" aria-label={label} className="more">
      {children()}
    </div>
  ) : (
    <button type="button" className="ds-button" data-variant="secondary" onClick={() => setOpen(true)}>
      {label}
    </button>
  );
}
