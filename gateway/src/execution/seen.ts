/**
 * Up to where somebody has seen identity, as instants of its own clock that sort as text. A change goes to its subgraph with it
 * and waits there until as much is heard (S-05).
 */
export class Seen {
  readonly #known: () => Promise<string | null>;
  #noted: string | null = null;

  /** `known` answers up to where they had seen before this operation. */
  constructor(known: () => Promise<string | null>) {
    this.#known = known;
  }

  /** The newest that this operation was answered with; null where identity was not asked. */
  get noted(): string | null {
    return this.#noted;
  }

  note(instant: string): void {
    this.#noted = later(this.#noted, instant);
  }

  async newest(): Promise<string | null> {
    return later(this.#noted, await this.#known());
  }
}

/** The later of two instants of one clock and one form. */
export const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;
