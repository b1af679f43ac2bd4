import { type ReactNode, useState } from 'react';
import { Said } from './said.tsx';
import { Sheet } from './sheet.tsx';

/** Something that cannot be undone, and is asked about once more before it is done. */
export function Asked({
  label,
  of,
  lead,
  isPending,
  act,
  error,
  refusal,
}: {
  readonly label: string;
  /** Of what, where a list has several of it. */
  readonly of?: string;
  readonly lead: string;
  readonly isPending: boolean;
  /** Calls back when it is done. */
  readonly act: (done: () => void) => void;
  readonly error: Error | null;
  readonly refusal: string | undefined;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="tertiary"
        aria-label={of === undefined ? undefined : `${label}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      {isOpen && (
        <Sheet title={label} close={() => setOpen(false)}>
          <p>{lead}</p>
          <Said error={error} refusal={refusal} />
          <button
            type="button"
            className="ds-button"
            data-color="danger"
            disabled={isPending}
            onClick={() => act(() => setOpen(false))}
          >
            {label}
          </button>
        </Sheet>
      )}
    </>
  );
}
