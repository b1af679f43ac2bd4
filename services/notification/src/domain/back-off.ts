const firstMs = 1_000;
const mostMs = 30 * 60_000;

/** How long to wait before the next try after the nth that failed: a second, doubling, half an hour at most, with jitter. */
export const backOffMs = (attempt: number, chance: number): number =>
  Math.round(Math.min(mostMs, firstMs * 2 ** Math.min(20, Math.max(0, attempt - 1))) * (0.75 + chance / 2));
