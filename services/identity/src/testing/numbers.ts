const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const sum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0) % 11;

function withCheckDigits(nine: string): string | undefined {
  const first = (11 - sum(nine, firstWeights)) % 11;
  const second = (11 - sum(`${nine}${first}`, secondWeights)) % 11;
  return first === 10 || second === 10 ? undefined : `${nine}${first}${second}`;
}

function* series(day: number, month: number): Generator<string, never> {
  for (let year = 80; ; year = (year + 1) % 100)
    for (let individual = 0; individual < 1000; individual += 1) {
      const date = `${String(day).padStart(2, '0')}${String(month).padStart(2, '0')}${String(year).padStart(2, '0')}`;
      const number = withCheckDigits(`${date}${String(individual).padStart(3, '0')}`);
      if (number !== undefined) yield number;
    }
}

const national = series(17, 85);
const temporary = series(57, 85);
const real = series(17, 5);

/** A synthetic national number that nobody else in this process has: month + 80. */
export const aNumber = (): string => national.next().value;
/** A synthetic D-number: day + 40 besides. */
export const aDNumber = (): string => temporary.next().value;
/** Digits of the form that real people's numbers have, made up here, to see them refused. */
export const aNumberOfTheOtherSeries = (): string => real.next().value;
