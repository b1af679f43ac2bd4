import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext } from 'react';
import type source from './catalogues/nb.json';
import { dayAt, daysAfter, timeAt, writeDay, writeTime, writeWeekday } from './dates.ts';
import type { LanguageCode } from './languages.ts';

/** A text of the portal. What bokmål has, all have. */
export type Word = keyof typeof source;
export type Catalogue = Readonly<Partial<Record<Word, string>>>;
export type Values = Readonly<Record<string, string | number>>;

/** A person's name, as the graph has it: null until it is known, or where it may not be shown. */
export type Name = {
  readonly given: string;
  readonly middle?: string | null;
  readonly family: string;
} | null;

export interface Words {
  readonly language: LanguageCode;
  /** A text with what belongs in it, as ICU writes it. */
  readonly t: (word: Word, values?: Values) => string;
  /** `23. november`, or today and tomorrow by name. */
  readonly day: (day: string) => string;
  /** `mandag 23. november`. */
  readonly longDay: (day: string) => string;
  /** When something happened: the time of today, else the day. */
  readonly instant: (instant: string) => string;
  /** When something happened to the second, with its day: for what has to be shown later on. */
  readonly exactly: (instant: string) => string;
  readonly time: (time: string) => string;
  readonly name: (name: Name | undefined, otherwise: string) => string;
  readonly setLanguage: (language: LanguageCode) => void;
}

/** Texts of a language, with those of the next where one is missing. Each is read by ICU once. */
export function makeWords(
  language: LanguageCode,
  catalogues: readonly Catalogue[],
  setLanguage: (language: LanguageCode) => void,
  now: () => Date = () => new Date(),
): Words {
  const formats = new Map<Word, IntlMessageFormat>();
  const t = (word: Word, values?: Values): string => {
    let format = formats.get(word);
    if (format === undefined) {
      const text =
        catalogues.map((catalogue) => catalogue[word]).find((found) => found !== undefined) ?? word;
      format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      formats.set(word, format);
    }
    return String(format.format(values));
  };
  const today = (): string => dayAt(now());
  const day = (wanted: string): string =>
    wanted === today()
      ? t('day.today')
      : wanted === daysAfter(today(), 1)
        ? t('day.tomorrow')
        : writeDay(language, wanted, today());
  const longDay = (wanted: string): string =>
    `${writeWeekday(language, wanted)} ${writeDay(language, wanted, today())}`;
  const time = (wanted: string): string => writeTime(language, wanted);
  return {
    ...{ language, t, day, longDay, time, setLanguage },
    instant: (instant) => {
      const at = new Date(instant);
      const clock = time(timeAt(at));
      return dayAt(at) === today() ? clock : `${day(dayAt(at))} ${clock}`;
    },
    exactly: (instant) => {
      const at = new Date(instant);
      const clock = time(timeAt(at));
      const seconds = String(at.getUTCSeconds()).padStart(2, '0');
      return `${writeDay(language, dayAt(at), today())} ${clock}${clock.slice(2, 3)}${seconds}`;
    },
    name: (name, otherwise) =>
      name === null || name === undefined
        ? otherwise
        : [name.given, name.middle, name.family]
            .filter((part): part is string => typeof part === 'string' && part !== '')
            .map(writeName)
            .join(' '),
  };
}

/** The population register writes some names in capitals alone, which reads as shouting: those are written as names are. */
export const writeName = (name: string): string =>
  name.length > 1 && name === name.toUpperCase()
    ? name
        .toLowerCase()
        .replace(
          /(^|[\s'’-])(\p{Letter})/gu,
          (_all, before: string, letter: string) => before + letter.toUpperCase(),
        )
    : name;

export const WordsContext = createContext<Words | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('texts are read inside of WordsProvider');
  return words;
}
