import { idnr } from '@navikt/fnrvalidator';

/** Eleven digits that stand alone, also written as day and rest: 010203 12345. */
const elevenDigits = /(?<![\w.+/-])(\d{6})[ -]?(\d{5})(?![\w+/-]|\.\d)/g;

/** True for digits that the register may have given to somebody: valid, and not of the series for tests (month + 80). */
export function isRealNumber(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  return idnr(digits).status === 'valid' && !(month > 80 && month <= 92);
}

/** True for what reads like a national number of any series: it begins with a date. */
export function readsLikeNumber(digits: string): boolean {
  const day = Number(digits.slice(0, 2)) % 40;
  const month = Number(digits.slice(2, 4));
  return day >= 1 && day <= 31 && [0, 40, 65, 80].some((shift) => month - shift >= 1 && month - shift <= 12);
}

export const elevenDigitsIn = (text: string): string[] =>
  [...text.matchAll(elevenDigits)].map(([, date, rest]) => `${date}${rest}`);
