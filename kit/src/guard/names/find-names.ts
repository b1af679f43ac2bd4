import type { Setting } from '../judgement.ts';
import { fold } from '../text/fold.ts';
import type { Word } from '../text/words.ts';
import { names, namesThatAreWords } from './first-names.ts';

const certain = new Set(names.map(fold));
const doubtful = new Set(namesThatAreWords.map(fold));

/** The name that a word may be, also in the genitive: `karis` is Kari's, and `jonas` is nobody's. */
const namesOf = (text: string): readonly string[] =>
  text.endsWith('s') && text.length > 3 ? [text, text.slice(0, -1)] : [text];

/** Which words of a text are first names, and which of these are no news to whoever reads it. */
export class Names {
  readonly #words: readonly Word[];
  readonly #known: ReadonlySet<string>;

  constructor(words: readonly Word[], { knownNames }: Pick<Setting, 'knownNames'>) {
    this.#words = words;
    this.#known = new Set(knownNames.flatMap((name) => [fold(name), ...name.split(/[\s-]+/).map(fold)]));
  }

  isKnown(at: number): boolean {
    const word = this.#words[at];
    return word !== undefined && word.isCapital && namesOf(word.text).some((name) => this.#known.has(name));
  }

  /** A name, known or not. Where every word has a capital, one that is a word too is taken for the word. */
  isName(at: number): boolean {
    const word = this.#words[at];
    if (word === undefined) return false;
    const all = namesOf(word.text);
    if (this.isKnown(at) || all.some((name) => certain.has(name))) return true;
    return word.isCapital && !word.isFirst && all.some((name) => doubtful.has(name));
  }

  isOfAnother(at: number): boolean {
    return this.isName(at) && !namesOf(this.#words[at]!.text).some((name) => this.#known.has(name));
  }
}
