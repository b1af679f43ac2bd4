/** Repeatable chance: the same seed and keys always give the same throws, whatever was thrown elsewhere. */
export interface Dice {
  next(): number;
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function hash(seed: number, key: string | number): number {
  let value = (seed ^ 0x9e3779b9) >>> 0;
  const text = String(key);
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

class Mulberry implements Dice {
  #state: number;
  constructor(state: number) {
    this.#state = state;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  chance(probability: number): boolean {
    return this.next() < probability;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

export function dice(seed: number, ...keys: readonly (string | number)[]): Dice {
  return new Mulberry(keys.reduce<number>((value, key) => hash(value, key), seed >>> 0));
}
