import { foldCharacter } from '../text/fold.ts';
import type { Finding } from '../judgement.ts';

/** Digits that stand together, with where they are. */
interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** Whether at most a blank, a dot or a dash is between these digits and those before. */
  readonly goesOn: boolean;
}

const between = new Set([' ', '\u00A0', '\u202F', '\u2009', '.', '-', '–', '\n', '\t', '/']);
const widestGap = 3;

function groupsOf(text: string): readonly Group[] {
  const groups: Group[] = [];
  let digits = '';
  let start = 0;
  let last = 0;
  let gap = 0;
  let goesOn = false;
  // A letter that touches digits makes another thing of them: an id, a code, an address of a page.
  let touchesLetter = false;
  const close = (): void => {
    if (digits === '') return;
    if (!touchesLetter) groups.push({ digits, start, end: last, goesOn });
    goesOn = !touchesLetter;
    digits = '';
    gap = 0;
  };
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!;
    const letter = foldCharacter(code);
    const width = code > 0xffff ? 2 : 1;
    if (letter >= '0' && letter <= '9' && letter.length === 1) {
      if (digits === '') start = at;
      digits += letter;
      last = at + width;
    } else if (letter === ' ') {
      close();
      touchesLetter = false;
      gap += 1;
      if (!between.has(text.charAt(at)) || gap > widestGap) goesOn = false;
    } else if (letter !== '') {
      touchesLetter = true;
      close();
      goesOn = false;
    }
    at += width;
  }
  close();
  return groups;
}

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
const remainder = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11;

/** Numbers given from 2032 on may leave 0 to 3 with the first check digit; older ones leave 0 (registries § 2.1). */
const holdsCheckDigits = (digits: string): boolean =>
  remainder(digits, firstWeights) <= 3 && remainder(digits, secondWeights) === 0;

/** H-numbers add 40 to the month, synthetic ones 40, 65 or 80; D-numbers add 40 to the day. */
const monthShifts = [0, 40, 65, 80];
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function beginsWithDate(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  return monthShifts.some((shift) => {
    const longest = longestMonths[month - shift - 1];
    return longest !== undefined && [day, day - 40].some((one) => one >= 1 && one <= longest);
  });
}

/** As people write it: in one, as day and rest, or with the day's parts apart. Bank accounts are written 4, 2 and 5. */
const usualShapes = new Set(['11', '6,5', '2,2,2,5', '2,2,7']);

const account = /(konto|bankkonto|kontonummer|kontonr|kto|account)[^\n]{0,40}$/i;
const ofAPerson = /(personn|fødselsn|fodselsn|fnr|identity n|id-?number|birth n)[^\n]{0,40}$/i;

const finding = (rule: string, start: number, end: number): Finding => ({
  ...{ topic: 'IDENTITY_NUMBER', verdict: 'DIVERT', rule: `identity-number.${rule}` },
  start,
  end,
});

const numberDigits = 11;

/**
 * National identity numbers, however they are spaced. One whose check digits hold always counts; one that reads like a
 * number and is mistyped does too, where it does not stand as an account's.
 */
export function identityNumbersIn(text: string): readonly Finding[] {
  const groups = groupsOf(text);
  const found: Finding[] = [];
  for (let at = 0; at < groups.length; at += 1) {
    const first = groups[at]!;
    const isAfter = (words: RegExp): boolean =>
      words.test(text.slice(Math.max(0, first.start - 60), first.start));
    let digits = first.digits;
    let shape = String(first.digits.length);
    let last = at;
    while (digits.length < numberDigits && groups[last + 1]?.goesOn === true) {
      last += 1;
      digits += groups[last]!.digits;
      shape += `,${groups[last]!.digits.length}`;
    }
    const { end } = groups[last]!;
    if (digits.length === numberDigits && beginsWithDate(digits)) {
      const isValid = holdsCheckDigits(digits);
      if (isValid || (usualShapes.has(shape) && !isAfter(account))) {
        found.push(finding(isValid ? 'valid' : 'mistyped', first.start, end));
        at = last;
      }
    } else if (first.digits.length === 5 && isAfter(ofAPerson)) {
      found.push(finding('last-five', first.start, first.end));
    }
  }
  return found;
}
