import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Seen } from './seen.ts';

/** What is known of one operation while it is carried out. */
export interface Call {
  readonly actor: Actor;
  /** Up to where the actor has seen identity; which grows as it answers (S-05). */
  readonly seen: Seen;
  readonly requestId: string;
  /** When the whole answer must be ready, by `performance.now()`. */
  readonly deadline: number;
  /** Called before a change is carried out, and for no query. */
  readonly onChange: () => Promise<void>;
  /** Told of each part of the plan that failed. */
  readonly onFault: (subgraph: string, error: unknown) => void;
}
