import { foldCharacter, withMark } from './fold.ts';

/** A word or a number of a text, folded, with the place where it stands in UTF-16 units. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Counted from 0; words of different sentences say nothing of each other. */
  readonly sentence: number;
  readonly isCapital: boolean;
  readonly isFirst: boolean;
}

type End = 'none' | 'perhaps' | 'certain';

const apostrophes = new Set(["'", '’', 'ʼ', '`', '´']);

/** What ends a sentence. A full stop does so only before a capital: "kl. 11" and "4. trinn" go on. */
function endOf(character: string, before: End): End {
  if (character === '!' || character === '?') return 'certain';
  if (character === '.' || character === ':' || character === '\n')
    return before === 'none' ? 'perhaps' : before;
  return before;
}

/** The words of a text, in one pass over it. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let sentence = 0;
  let end: End = 'none';
  let at = 0;
  let word = '';
  let start = 0;
  let last = 0;

  const close = (): void => {
    if (word === '') return;
    const first = String.fromCodePoint(text.codePointAt(start)!);
    const isCapital = first !== first.toLowerCase();
    const isNew = words.length > 0 && (end === 'certain' || (end === 'perhaps' && isCapital));
    if (isNew) sentence += 1;
    const isFirst = words.length === 0 || isNew;
    words.push({ text: word, start, end: last, sentence, isCapital, isFirst });
    word = '';
    end = 'none';
  };

  while (at < text.length) {
    const code = text.codePointAt(at)!;
    const width = code > 0xffff ? 2 : 1;
    const letter = foldCharacter(code);
    if (letter === '') {
      word = withMark(word, text.charAt(at));
    } else if (letter === ' ') {
      const character = text.charAt(at);
      const joins = word !== '' && apostrophes.has(character) && isLetterAt(text, at + 1);
      if (!joins) {
        close();
        end = endOf(character, end);
      }
    } else {
      if (word === '') start = at;
      word += letter;
      last = at + width;
    }
    at += width;
  }
  close();
  return joinSpacedOut(words);
}

const fewestSpacedOut = 4;

/** Puts together what is spaced out: `m o b b i n g` is one word to whoever reads it. */
function joinSpacedOut(words: readonly Word[]): readonly Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length;) {
    const first = words[at]!;
    let beyond = at + 1;
    while (beyond < words.length && isNextLetter(words[beyond - 1]!, words[beyond]!)) beyond += 1;
    if (beyond - at < fewestSpacedOut) {
      joined.push(first);
      at += 1;
      continue;
    }
    const letters = words.slice(at, beyond);
    joined.push({ ...first, text: letters.map(({ text }) => text).join(''), end: letters.at(-1)!.end });
    at = beyond;
  }
  return joined;
}

const isLetter = ({ text }: Word): boolean => text.length === 1 && text > '9';
const isNextLetter = (one: Word, next: Word): boolean =>
  isLetter(one) && isLetter(next) && next.start - one.end === 1;
const isLetterAt = (text: string, at: number): boolean => foldCharacter(text.codePointAt(at) ?? 0x20) > '9';
