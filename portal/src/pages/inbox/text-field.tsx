import { type ReactNode, useId } from 'react';
import { useWords } from '../../words/words.ts';

/** What a message may be long, as the graph counts it. */
export const longest = 10_000;

/** Where a message is written. Enter makes a new line. What is too long is kept, and said. */
export function TextField({
  label,
  text,
  write,
}: {
  readonly label: string;
  readonly text: string;
  readonly write: (text: string) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const left = longest - Array.from(text).length;
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        className="ds-input"
        id={id}
        rows={8}
        dir="auto"
        required
        aria-invalid={left < 0}
        aria-describedby={`${id}-left`}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      <p id={`${id}-left`} className="quiet" role={left < 0 ? 'alert' : undefined}>
        {t(left < 0 ? 'write.tooLong' : 'write.left', { count: Math.abs(left) })}
      </p>
    </div>
  );
}
