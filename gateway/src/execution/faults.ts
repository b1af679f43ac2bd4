/** A subgraph did not answer: away, too slow, overfull, or not taking our word for who asks. */
export class SubgraphAway extends Error {
  readonly reason: string;
  /** Whether it failed at once, so that asking again does not mean waiting twice. */
  readonly isQuick: boolean;
  constructor(reason: string, isQuick: boolean, cause?: unknown) {
    super('a subgraph did not answer', { cause });
    this.name = 'SubgraphAway';
    this.reason = reason;
    this.isQuick = isQuick;
  }
}

/** A subgraph refused what we planned: our supergraph and its schema differ. A bug, not a fault that passes. */
export class SubgraphDisagrees extends Error {
  constructor(status: number) {
    super(`a subgraph refused the planned query with ${status}`);
    this.name = 'SubgraphDisagrees';
  }
}
