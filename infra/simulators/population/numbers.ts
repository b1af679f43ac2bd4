import type { NumberKind, Sex } from './model.ts';

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const organisationWeights = [3, 2, 7, 6, 5, 4, 3, 2];

function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += (weights[i] as number) * (digits.charCodeAt(i) - 48);
  return sum % 11;
}

/**
 * The eleven digits, or null where these nine have no check digits. `remainder` 1 to 3 gives numbers that are right
 * only by the rule for numbers issued from 2032.
 */
export function withCheckDigits(nine: string, remainder: 0 | 1 | 2 | 3 = 0): string | null {
  const first = (11 + remainder - weighted(nine, firstWeights)) % 11;
  if (first === 10) return null;
  const ten = `${nine}${first}`;
  const second = (11 - weighted(ten, secondWeights)) % 11;
  return second === 10 ? null : `${ten}${second}`;
}

/** Nine digits valid by modulus 11, from the eight first, or null where they have no check digit. */
export function organisationNumber(eight: string): string | null {
  const check = (11 - weighted(eight, organisationWeights)) % 11;
  return check === 10 ? null : `${eight}${check}`;
}

/** The first six digits of a synthetic number: month + 80, and day + 40 for a D-number. */
function datePart(born: string, kind: NumberKind): string {
  const day = Number(born.slice(8, 10)) + (kind === 'dNummer' ? 40 : 0);
  return `${String(day).padStart(2, '0')}${Number(born.slice(5, 7)) + 80}${born.slice(2, 4)}`;
}

export interface IssueOptions {
  readonly kind?: NumberKind;
  readonly remainder?: 0 | 1 | 2 | 3;
}

/** Issues each number once. One book counts upwards and another downwards, so that neither disturbs the other. */
export class NumberBook {
  readonly #next = new Map<string, number>();
  readonly #taken: Set<string>;
  readonly #direction: 1 | -1;
  constructor(direction: 1 | -1, taken: Set<string> = new Set()) {
    this.#direction = direction;
    this.#taken = taken;
  }

  reserve(number: string): string {
    this.#taken.add(number);
    return number;
  }

  issue(born: string, sex: Sex, options: IssueOptions = {}): string {
    const date = datePart(born, options.kind ?? 'foedselsnummer');
    // Individual digits 000–499 belong to people born in the 1900s, 500–999 to those born from 2000 to 2039.
    const low = Number(born.slice(0, 4)) >= 2000 ? 500 : 0;
    const parity = sex === 'mann' ? 1 : 0;
    const key = `${date}${parity}`;
    let step = this.#next.get(key) ?? 0;
    for (; step < 250; step += 1) {
      const offset = this.#direction === 1 ? step * 2 + parity : 498 - step * 2 + parity;
      const nine = `${date}${String(low + offset).padStart(3, '0')}`;
      const number = withCheckDigits(nine, options.remainder ?? 0);
      if (number === null || this.#taken.has(number)) continue;
      this.#next.set(key, step + 1);
      return number;
    }
    throw new Error(`No synthetic number is left for people born on ${born}`);
  }
}
