import { type ReactNode, useId } from 'react';
import { languages, ownName } from '../words/languages.ts';
import { useWords } from '../words/words.ts';

/** The language that this browser shows the portal in. */
export function LanguageChoice(): ReactNode {
  const { t, language, setLanguage } = useWords();
  const id = useId();
  return (
    <div className="ds-field">
      <label className="ds-label" htmlFor={id}>
        {t('signIn.language')}
      </label>
      <select
        className="ds-input"
        id={id}
        value={language}
        onChange={({ target }) => setLanguage(languages.find((one) => one === target.value) ?? 'nb')}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {ownName[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
