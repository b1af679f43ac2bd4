import type { Actor } from '@ranselpost/kit/pure/actor';

/** What is known of one operation while it is carried out. */
export interface Call {
  readonly actor: Actor;
  readonly requestId: string;
  /** When the whole answer must be ready, by `performance.now()`. */
  readonly deadline: number;
  /** Told of each part of the plan that failed. */
  readonly onFault: (subgraph: string, error: unknown) => void;
}
