/** Whether a channel is worth trying. After some failures in a row it is left alone, longer each time; then one may try. */
export interface Breaker {
  /** Until when it is left alone; undefined when it may be tried now. */
  closedUntil(now: number): number | undefined;
  succeeded(): void;
  failed(now: number): void;
}

const failuresMost = 5;
const firstMs = 1_000;
const mostMs = 60_000;

export function newBreaker(): Breaker {
  let failures = 0;
  let until = 0;
  return {
    closedUntil: (now) => (now < until ? until : undefined),
    succeeded: () => {
      failures = 0;
      until = 0;
    },
    failed: (now) => {
      failures += 1;
      if (failures >= failuresMost)
        until = now + Math.min(mostMs, firstMs * 2 ** Math.min(10, failures - failuresMost));
    },
  };
}
