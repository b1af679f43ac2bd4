import { sha256 } from './sha256.ts';

/** Numbers are below this. */
export const lotteryEnd = 2 ** 48;

/** Draws for a seed: the first six bytes of SHA-256 of `seed|unit`, where the smallest number is first. */
export function lottery(seed: string): (unit: string) => number {
  const digest = sha256();
  return (unit) => {
    const words = digest(`${seed}|${unit}`);
    return (words[0]! >>> 0) * 65_536 + (words[1]! >>> 16);
  };
}
