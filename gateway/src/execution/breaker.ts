import { SubgraphAway } from './faults.ts';

const failuresToOpen = 10;
const openMs = 1_000;

/**
 * Stops asking a subgraph that does not answer, so that requests which need it are told at once instead of each waiting
 * for its deadline. After a second one request tries again for all.
 */
export class Breaker {
  readonly #onChange: (isAway: boolean, reason: string) => void;
  #failures = 0;
  #closedUntil = 0;
  #isAway = false;

  constructor(onChange: (isAway: boolean, reason: string) => void) {
    this.#onChange = onChange;
  }

  enter(now = performance.now()): void {
    if (this.#failures < failuresToOpen) return;
    if (now < this.#closedUntil) throw new SubgraphAway('breaker-open', false);
    this.#closedUntil = now + openMs;
  }

  failed(reason: string, now = performance.now()): void {
    this.#failures += 1;
    if (this.#failures >= failuresToOpen) this.#closedUntil = now + openMs;
    if (!this.#isAway) this.#onChange(true, reason);
    this.#isAway = true;
  }

  succeeded(): void {
    this.#failures = 0;
    if (this.#isAway) this.#onChange(false, '');
    this.#isAway = false;
  }
}

/** Lets one request in ten be asked twice: more would turn a subgraph's bad minute into twice the load. */
export class RetryBudget {
  #tokens = 10;

  counted(): void {
    this.#tokens = Math.min(10, this.#tokens + 0.1);
  }

  take(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
