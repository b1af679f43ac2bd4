/**
 * Letters of other alphabets that look like ours. Somebody who writes a word with them means to be read by people alone;
 * a message that is in Cyrillic or Greek as a whole turns into words that nobody knows, and is not harmed by it.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ё: 'e', һ: 'h', і: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm' },
  ...{ н: 'h', о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', у: 'y', ѵ: 'v', ԝ: 'w', х: 'x', з: 'z' },
  ...{
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    μ: 'm',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
  },
  ...{ ɑ: 'a', ɡ: 'g', ı: 'i', ɩ: 'i', ł: 'l', ø: 'ø', đ: 'd', ħ: 'h', ß: 'ss' },
};

/** Our own letters, and the Swedish ones for the same sounds. */
const ours: Readonly<Record<string, string>> = { æ: 'æ', ø: 'ø', å: 'å', ä: 'æ', ö: 'ø' };

/** What a mark makes of the letter before it; all other marks change nothing. */
const marked: Readonly<Record<string, string>> = {
  'a\u030A': 'å',
  'a\u0308': 'æ',
  'o\u0308': 'ø',
  'o\u0337': 'ø',
  'o\u0338': 'ø',
};

/** What is not seen: marks on letters, characters of no width, hints for hyphenation and direction. */
const unseen = /^[\p{M}\p{Cf}\u115F\u1160\u3164\uFFA0]+$/u;
const lettersOrDigits = /^[\p{L}\p{Nd}]+$/u;

/** The zeros of the decimal digits that guardians write with; nine more follow each. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6];

function foldSlowly(character: string): string {
  const plain = character.normalize('NFKC').toLowerCase();
  const own = ours[plain] ?? lookAlikes[plain];
  if (own !== undefined) return own;
  if (unseen.test(character)) return '';
  const code = character.codePointAt(0)!;
  const zero = zeros.find((first) => code >= first && code <= first + 9);
  if (zero !== undefined) return String(code - zero);
  const bare = plain.normalize('NFKD').replace(/\p{M}/gu, '');
  return lettersOrDigits.test(bare) ? (lookAlikes[bare] ?? bare) : ' ';
}

const folded = new Map<number, string>();

/**
 * A character as the lexicons know it: small letters without accents, of our own alphabet and none that looks like it;
 * nothing where there is nothing to see, and a blank for all that is neither letter nor digit.
 */
export function foldCharacter(code: number): string {
  const known = folded.get(code);
  if (known !== undefined) return known;
  const answer = foldSlowly(String.fromCodePoint(code));
  // Every character there is would fill a browser's memory for nothing.
  if (folded.size < 4096) folded.set(code, answer);
  return answer;
}

/** What comes of a word when a mark follows its last letter: `a` and a ring are an `å`. */
export function withMark(word: string, mark: string): string {
  const letter = marked[`${word.at(-1) ?? ''}${mark}`];
  return letter === undefined ? word : word.slice(0, -1) + letter;
}

/** A whole word or phrase, for what is compared with words of a text. */
export function fold(text: string): string {
  let answer = '';
  for (const character of text.normalize('NFC')) answer += foldCharacter(character.codePointAt(0)!);
  return answer.trim();
}
