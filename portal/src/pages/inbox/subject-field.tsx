import { type ReactNode, useId } from 'react';

/** One line that says what something is about. */
export function SubjectField({
  label,
  subject,
  write,
}: {
  readonly label: string;
  readonly subject: string;
  readonly write: (subject: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {label}
      </label>
      <input
        className="ds-input"
        id={id}
        required
        dir="auto"
        maxLength={120}
        value={subject}
        onChange={({ target }) => write(target.value)}
      />
    </div>
  );
}
