const firstMs = 1_000;
const mostMs = 600_000;

/** How long to leave somebody alone whose record could not be read for the nth time: one second, doubling, ten minutes at most. */
export const backOffMs = (attempt: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(20, Math.max(0, attempt - 1)));
