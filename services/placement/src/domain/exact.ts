/** A number as it is written: `digits` with `scale` of them behind the point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** The decimal that a number of JSON stands for: the shortest that reads as this number, so 0.06 is six hundredths and nothing else. */
export function decimalOf(value: number): Decimal {
  const [, sign, whole, part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) throw new RangeError(`${value} is no decimal`);
  const digits = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  const scale = part.length - Number(power);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** An exact fraction; the lower number is above 0. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export function fractionOf(value: number): Fraction {
  const { digits, scale } = decimalOf(value);
  return { over: digits, under: 10n ** BigInt(scale) };
}

export const plus = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.under + other.over * one.under,
  under: one.under * other.under,
});

export const minus = (one: Fraction, other: Fraction): Fraction =>
  plus(one, { over: -other.over, under: other.under });

export const times = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.over,
  under: one.under * other.under,
});

/** `other` is above 0. */
export const by = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.under,
  under: one.under * other.over,
});

export const isBelow = (one: Fraction, other: Fraction): boolean =>
  one.over * other.under < other.over * one.under;

export const least = (one: Fraction, other: Fraction): Fraction => (isBelow(other, one) ? other : one);

/** To the nearest multiple of a step; what lies in the middle goes up. Nothing below 0 comes here. */
export function roundedHalfUp(value: Fraction, step: Fraction): Fraction {
  const { over, under } = by(value, step);
  return times({ over: (2n * over + under) / (2n * under), under: 1n }, step);
}

/** As a number of JSON, for a fraction that a decimal can write. */
export const toNumber = ({ over, under }: Fraction): number => {
  const [whole, rest] = [over / under, over % under];
  const thousandths = (rest * 1000n) / under;
  return Number(`${whole}.${String(thousandths).padStart(3, '0')}`);
};
