import { randomUUID } from 'node:crypto';
import { dice, type Dice } from '../population/random.ts';

export interface Fault {
  readonly id: string;
  readonly kind: string;
  /** The operation it strikes at, by the name the simulator gives it; null strikes all of them. */
  readonly endpoint: string | null;
  /** How many more times it strikes; null until it is taken away. */
  readonly times: number | null;
  /** The share of requests that it strikes. */
  readonly rate: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

export type FaultWish = Readonly<Record<string, unknown>>;

/** The faults that somebody has switched on. They are not kept between starts: a restart is always well. */
export class Faults {
  readonly kinds: readonly string[];
  readonly endpoints: readonly string[];
  #armed: Fault[] = [];
  readonly #dice: Dice = dice(1, 'faults');

  constructor(kinds: readonly string[], endpoints: readonly string[]) {
    this.kinds = kinds;
    this.endpoints = endpoints;
  }

  /** Answers the fault, or a sentence that says what is wrong with the wish. */
  arm({ kind, endpoint, times = 1, rate = 1, ...settings }: FaultWish): Fault | string {
    if (typeof kind !== 'string' || !this.kinds.includes(kind))
      return `kind must be one of ${this.kinds.join(', ')}`;
    if (endpoint !== undefined && endpoint !== null && !this.endpoints.includes(String(endpoint))) {
      return `endpoint must be left out or be one of ${this.endpoints.join(', ')}`;
    }
    const count = times === null || times === 'always' ? null : Number(times);
    if (count !== null && !(Number.isInteger(count) && count >= 1))
      return 'times must be a whole number from 1, or null for always';
    if (!(Number(rate) > 0 && Number(rate) <= 1)) return 'rate must be above 0 and at most 1';
    const fault: Fault = {
      id: randomUUID(),
      kind,
      endpoint: endpoint === undefined || endpoint === null ? null : String(endpoint),
      times: count,
      rate: Number(rate),
      settings,
    };
    this.#armed.push(fault);
    return fault;
  }

  /** The fault of this kind that strikes this request, if any. It is counted as having struck. */
  strike(kind: string, endpoint: string): Fault | undefined {
    const fault = this.#armed.find(
      (one) =>
        one.kind === kind &&
        (one.endpoint === null || one.endpoint === endpoint) &&
        (one.rate === 1 || this.#dice.chance(one.rate)),
    );
    if (fault === undefined || fault.times === null) return fault;
    this.#armed = this.#armed.flatMap((one) => {
      if (one !== fault) return [one];
      return fault.times === 1 ? [] : [{ ...fault, times: (fault.times ?? 1) - 1 }];
    });
    return fault;
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  clear(id?: string): void {
    this.#armed = id === undefined ? [] : this.#armed.filter((one) => one.id !== id);
  }
}
