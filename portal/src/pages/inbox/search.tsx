import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../../words/words.ts';

/** Words to look for in messages. */
export function Search({ seek }: { readonly seek: (words: string) => void }): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [words, setWords] = useState('');
  return (
    <form
      role="search"
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        seek(words.trim());
      }}
    >
      <label className="ds-label" htmlFor={id}>
        {t('inbox.search')}
      </label>
      <input
        className="ds-input"
        type="search"
        id={id}
        maxLength={200}
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          if (target.value === '') seek('');
        }}
      />
      <button type="submit" className="ds-button" data-variant="secondary">
        {t('inbox.find')}
      </button>
    </form>
  );
}
