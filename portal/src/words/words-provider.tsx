import { type ReactNode, useEffect, useState } from 'react';
import { type LanguageCode, directionOf, fallbackOf, languages, preferred } from './languages.ts';
import { type Catalogue, type Words, WordsContext, makeWords } from './words.ts';

const files = import.meta.glob<{ readonly default: Catalogue }>('./catalogues/*.json');
const kept = 'language';

const load = async (language: LanguageCode): Promise<Catalogue> =>
  (await files[`./catalogues/${language}.json`]!()).default;

function firstLanguage(): LanguageCode {
  const own = localStorage.getItem(kept);
  return languages.find((language) => language === own) ?? preferred(navigator.languages);
}

/** Gives everything inside its texts, in the language that this browser was last told, or else prefers. */
export function WordsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(firstLanguage);
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    let isWanted = true;
    const fallback = fallbackOf[language];
    void Promise.all([language, ...(fallback === null ? [] : [fallback])].map(load)).then((catalogues) => {
      if (!isWanted) return;
      document.documentElement.lang = language;
      document.documentElement.dir = directionOf(language);
      setWords(
        makeWords(language, catalogues, (wanted) => {
          localStorage.setItem(kept, wanted);
          setLanguage(wanted);
        }),
      );
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  return words === null ? null : <WordsContext value={words}>{children}</WordsContext>;
}
