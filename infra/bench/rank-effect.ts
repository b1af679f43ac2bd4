export interface RankEffect {
  /** How likely a sample of the first is larger than one of the second: 0.5 where nothing tells them apart. */
  readonly share: number;
  /** How many standard deviations that is from 0.5, were both from one distribution. */
  readonly deviations: number;
}

/** Mann and Whitney's rank test of two sets of samples; ties count half. */
export function rankEffect(first: readonly number[], second: readonly number[]): RankEffect {
  const samples = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].toSorted((one, other) => one.value - other.value);
  let ranks = 0;
  for (let at = 0; at < samples.length;) {
    let end = at;
    while (end < samples.length && samples[end]!.value === samples[at]!.value) end += 1;
    const rank = (at + 1 + end) / 2;
    ranks += rank * samples.slice(at, end).filter(({ isFirst }) => isFirst).length;
    at = end;
  }
  const [n, m] = [first.length, second.length];
  const share = (ranks - (n * (n + 1)) / 2) / (n * m);
  return { share, deviations: (share - 0.5) / Math.sqrt((n + m + 1) / (12 * n * m)) };
}
