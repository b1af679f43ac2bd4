import type { Cue } from '../lexicon/lexicon.ts';
import type { Sign, Signs } from '../lexicon/matcher.ts';
import type { Names } from '../names/find-names.ts';
import type { Word } from '../text/words.ts';

/** How many words a sign of something else may stand away and still say what a passage is about. */
export const defaultReach = 14;
const longestPhrase = 8;

/** A text as the rules see it. Whatever looks around looks at a few words only, so that no text takes longer than its length. */
export class Reading {
  readonly text: string;
  readonly words: readonly Word[];
  readonly names: Names;
  readonly #signs: Signs;

  constructor(text: string, words: readonly Word[], names: Names, signs: Signs) {
    this.text = text;
    this.words = words;
    this.names = names;
    this.#signs = signs;
  }

  /** All signs, in the order of the text. */
  *signs(): Generator<Sign> {
    for (const signs of this.#signs) if (signs !== undefined) yield* signs;
  }

  /** Whether a word begins one of some cues. A first name is a `person`. */
  begins(at: number, cues: readonly Cue[]): boolean {
    if (cues.includes('person') && this.names.isName(at)) return true;
    return this.#signs[at]?.some(({ cue }) => cues.includes(cue)) === true;
  }

  /** Whether one of some cues is within so many words before and behind, in the same sentence. */
  isNear(sign: Pick<Sign, 'from' | 'to'>, cues: readonly Cue[], before: number, behind: number): boolean {
    const sentence = this.words[sign.from]?.sentence;
    for (let at = Math.max(0, sign.from - before); at <= sign.to + behind; at += 1) {
      const isItself = at >= sign.from && at <= sign.to;
      if (!isItself && this.words[at]?.sentence === sentence && this.begins(at, cues)) return true;
    }
    return false;
  }

  /** Whether a word lies within a phrase of a cue. */
  isWithin(at: number, cue: Cue): boolean {
    for (let from = Math.max(0, at - longestPhrase); from <= at; from += 1)
      if (this.#signs[from]?.some((sign) => sign.cue === cue && sign.to >= at) === true) return true;
    return false;
  }
}
