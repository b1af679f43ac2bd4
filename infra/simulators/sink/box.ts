import { randomUUID } from 'node:crypto';

/** Something that has been handed over to be delivered to somebody. */
export interface Taken {
  readonly id: string;
  readonly channel: 'EMAIL' | 'SMS' | 'PUSH';
  /** An address, a telephone number, or the id of a push subscription. */
  readonly to: string;
  /** By what a receiver knows it again: the Message-ID, the idempotency id, the topic. */
  readonly key: string;
  readonly subject: string;
  readonly text: string;
  /** Where a mail comes back to that cannot be delivered. */
  readonly returnPath?: string;
  readonly at: string;
}

/** How many are kept to be read. All are counted, also those that were taken before. */
const keptMost = 2_000;

/** Everything that was handed over to this sink since it was started or emptied. */
export class Box {
  #kept: Taken[] = [];
  /** How often each was handed over, by channel and by whom it is for and what it is known by. */
  readonly #times = new Map<string, number>();

  take(given: Omit<Taken, 'id' | 'at'>): Taken {
    const taken = { ...given, id: randomUUID(), at: new Date().toISOString() };
    this.#kept.push(taken);
    if (this.#kept.length > 2 * keptMost) this.#kept = this.#kept.slice(-keptMost);
    const known = `${given.channel} ${given.to} ${given.key}`;
    this.#times.set(known, (this.#times.get(known) ?? 0) + 1);
    return taken;
  }

  /** The newest first. */
  list({ channel, to }: { readonly channel?: string; readonly to?: string } = {}): readonly Taken[] {
    return this.#kept
      .filter(
        (one) => (channel === undefined || one.channel === channel) && (to === undefined || one.to === to),
      )
      .toReversed();
  }

  /** For each channel: what was handed over, and how many different ones that were. Equal unless something came twice. */
  counts(): Readonly<Record<string, { readonly taken: number; readonly different: number }>> {
    const counts: Record<string, { taken: number; different: number }> = {};
    for (const [known, times] of this.#times) {
      const count = (counts[known.slice(0, known.indexOf(' '))] ??= { taken: 0, different: 0 });
      count.taken += times;
      count.different += 1;
    }
    return counts;
  }

  empty(): void {
    this.#kept = [];
    this.#times.clear();
  }
}
