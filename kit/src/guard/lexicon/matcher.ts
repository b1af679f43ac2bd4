import type { Tongue } from '../text/language.ts';
import type { Word } from '../text/words.ts';
import { formsOf } from './inflection.ts';
import type { Cue, Lexicon } from './lexicon.ts';

/** A cue in a text, with the first and the last of its words. */
export interface Sign {
  readonly cue: Cue;
  readonly from: number;
  readonly to: number;
}

/** The signs in a text, by the word that each begins with. */
export type Signs = readonly (readonly Sign[] | undefined)[];

/** One place in a phrase, after at most `gap` other words. */
interface Slot {
  readonly gap: number;
  readonly forms: ReadonlySet<string>;
  readonly beginnings: readonly string[];
  readonly ends: readonly string[];
  readonly cues: readonly string[];
}

interface Entry {
  readonly cue: Cue;
  readonly tongue: Tongue;
  readonly rest: readonly Slot[];
}

const widestGap = 3;
/** No word that is longer is one: whatever looks at parts of words looks at these. */
const longestWord = 48;
const fewestOfPart = 3;

const listed = (entry: string): readonly string[] => entry.split('|');

function toSlot(alternatives: string, gap: number, language: Lexicon['language']): Slot {
  const words = listed(alternatives);
  return {
    gap,
    forms: new Set(words.filter((word) => !/[*{]/.test(word)).flatMap((word) => formsOf(word, language))),
    beginnings: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    ends: words.filter((word) => word.startsWith('*')).flatMap((word) => formsOf(word.slice(1), language)),
    cues: words.filter((word) => word.startsWith('{')).map((word) => word.slice(1, -1)),
  };
}

function toSlots(phrase: string, language: Lexicon['language']): readonly Slot[] {
  const slots: Slot[] = [];
  let gap = 0;
  for (const part of phrase.split(' ')) {
    if (part === '..') gap = widestGap;
    else {
      slots.push(toSlot(part, gap, language));
      gap = 0;
    }
  }
  return slots;
}

const put = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
};

/** Lexicons, made ready to be looked up word by word. */
export class Matcher {
  readonly #whole = new Map<string, Entry[]>();
  readonly #beginnings = new Map<string, Entry[]>();
  readonly #ends = new Map<string, Entry[]>();

  constructor(lexicons: readonly Lexicon[]) {
    for (const { language, cues } of lexicons)
      for (const [cue, entries] of Object.entries(cues) as [Cue, string][])
        for (const phrase of entries.split(',').map((entry) => entry.trim().replace(/\s+/g, ' ')))
          if (phrase !== '') this.#add(cue, phrase, language);
  }

  #add(cue: Cue, phrase: string, language: Lexicon['language']): void {
    const [first, ...rest] = toSlots(phrase, language);
    if (first === undefined || first.gap > 0 || first.cues.length > 0)
      throw new Error(`a phrase begins with a word: ${phrase}`);
    const entry: Entry = { cue, tongue: language === 'en' ? 'english' : 'norwegian', rest };
    for (const form of first.forms) put(this.#whole, form, entry);
    for (const beginning of first.beginnings) put(this.#beginnings, beginning, entry);
    for (const end of first.ends) put(this.#ends, end, entry);
  }

  /** What the words of a text are signs of. `isName` says which of them are somebody's name. */
  signsIn(
    words: readonly Word[],
    tongues: readonly Tongue[],
    isName: (at: number) => boolean,
  ): readonly (readonly Sign[] | undefined)[] {
    const signs: Sign[][] = [];
    const phrases: { readonly entry: Entry; readonly at: number }[] = [];
    const seen = new Map<string, readonly Entry[]>();
    for (let at = 0; at < words.length; at += 1) {
      const { text, sentence } = words[at]!;
      const entries = seen.get(text) ?? this.#entriesOf(text);
      seen.set(text, entries);
      for (const entry of entries) {
        if (!suits(entry.tongue, tongues[sentence]!)) continue;
        if (entry.rest.length > 0) phrases.push({ entry, at });
        else (signs[at] ??= []).push({ cue: entry.cue, from: at, to: at });
      }
    }
    const isOf = (at: number, cue: string): boolean =>
      signs[at]?.some((sign) => sign.cue === cue && sign.to === at) === true ||
      (cue === 'person' && isName(at));
    for (const { entry, at } of phrases) {
      const to = endOfPhrase(words, at, entry.rest, isOf);
      if (to !== undefined) (signs[at] ??= []).push({ cue: entry.cue, from: at, to });
    }
    return signs;
  }

  #entriesOf(text: string): readonly Entry[] {
    const found = [...(this.#whole.get(text) ?? [])];
    for (let length = fewestOfPart; length < Math.min(text.length, longestWord); length += 1) {
      found.push(...(this.#beginnings.get(text.slice(0, length)) ?? []));
      found.push(...(this.#ends.get(text.slice(-length)) ?? []));
    }
    return found;
  }
}

const suits = (entry: Tongue, sentence: Tongue): boolean => sentence === 'unknown' || entry === sentence;

/** Where a phrase ends whose first word stands at a place; undefined where it goes on otherwise. */
function endOfPhrase(
  words: readonly Word[],
  first: number,
  rest: readonly Slot[],
  isOf: (at: number, cue: string) => boolean,
): number | undefined {
  let last = first;
  for (const slot of rest) {
    let at = last + 1;
    const beyond = at + slot.gap;
    while (at <= beyond && !(isTogether(words, first, at) && fills(slot, words[at]!.text, at, isOf))) at += 1;
    if (at > beyond) return undefined;
    last = at;
  }
  return last;
}

const isTogether = (words: readonly Word[], one: number, other: number): boolean =>
  words[one]?.sentence === words[other]?.sentence;

const fills = (
  { forms, beginnings, ends, cues }: Slot,
  text: string,
  at: number,
  isOf: (at: number, cue: string) => boolean,
): boolean =>
  forms.has(text) ||
  beginnings.some((beginning) => text.startsWith(beginning)) ||
  ends.some((end) => text.endsWith(end)) ||
  cues.some((cue) => isOf(at, cue));
