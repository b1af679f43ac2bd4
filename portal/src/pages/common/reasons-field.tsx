import { type ReactNode, useId } from 'react';

/** Reasons of a decision, which guardians read. */
export function ReasonsField({
  label,
  isRequired,
  text,
  write,
  longest = 4000,
}: {
  readonly label: string;
  readonly isRequired: boolean;
  readonly text: string;
  readonly write: (text: string) => void;
  readonly longest?: number;
}): ReactNode {
  const id = useId();
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        className="ds-input"
        id={id}
        rows={5}
        dir="auto"
        required={isRequired}
        maxLength={longest}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
    </div>
  );
}
