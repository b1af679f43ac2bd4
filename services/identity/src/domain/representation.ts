/** Words of `vergemaaltype` for somebody who represents a minor. The list is open: new words are nothing to us until known. */
const ofMinors = new Set([
  'mindreaarig',
  'midlertidigForMindreaarig',
  'ensligMindreaarigAsylsoeker',
  'ensligMindreaarigFlyktning',
]);

/** A candidate for access whom staff have to confirm (GUA-16, registries § 5.7). */
export const isRepresentedMinor = (types: readonly string[]): boolean =>
  types.some((type) => ofMinors.has(type));
