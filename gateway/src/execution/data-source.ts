import type { GraphQLDataSource } from '@apollo/gateway';
import type { ActorSigner } from '@ranselpost/kit/actor-token';
import { isPassing } from '@ranselpost/kit/database';
import type { ErrorCode } from '@ranselpost/kit/pure/errors';
import type { Call } from './call.ts';
import { SubgraphAway } from './faults.ts';
import { failedPaths } from './failed-paths.ts';
import type { SubgraphClient } from './subgraph-client.ts';

type Options = Pick<Parameters<GraphQLDataSource['process']>[0], 'request' | 'context'>;
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

const readMs = 3_000;
const changeMs = 5_000;

/**
 * Asks one subgraph for its part of a plan. Everything that goes out is made here: the planned query and a token that
 * says who asks. Nothing that the client sent along is passed on.
 */
export class SubgraphDataSource implements GraphQLDataSource {
  readonly #name: string;
  readonly #client: SubgraphClient;
  readonly #signer: ActorSigner;

  constructor(name: string, client: SubgraphClient, signer: ActorSigner) {
    this.#name = name;
    this.#client = client;
    this.#signer = signer;
  }

  async process({ request, context }: Options): Promise<Answer> {
    const { query = '', variables } = request;
    const { actor, seen, requestId, deadline, onFault } = context as Call;
    // What follows a change, such as fetching a name for what was changed, is a read again.
    const isChange = query.startsWith('mutation');
    const left = deadline - performance.now();
    try {
      if (left <= 0) throw new SubgraphAway('no-time-left', false);
      const answer = await this.#client.post({
        body: JSON.stringify({ query, variables }),
        token: async () => this.#signer.sign(actor, this.#name, isChange ? await seen.newest() : null),
        // Nobody else knows: what another subgraph says of it counts for nothing.
        onSeen: (instant) => (this.#name === 'identity' ? seen.note(instant) : undefined),
        requestId,
        timeoutMs: Math.min(isChange ? changeMs : readMs, left),
        mayRetry: !isChange,
      });
      return answer as Answer;
    } catch (error) {
      // Our own database may be the one that is away: a change goes with what its session has seen.
      const isAway = error instanceof SubgraphAway || isPassing(error);
      const code: ErrorCode = isAway ? 'UNAVAILABLE' : 'INTERNAL';
      onFault(this.#name, error);
      return {
        data: null,
        errors: failedPaths(query, variables).map((path) => ({ message: code, path, extensions: { code } })),
      };
    }
  }
}
