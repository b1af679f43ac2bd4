import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import type { ActorSigner } from '@ranselpost/kit/actor-token';
import type { Log } from '@ranselpost/kit/log';
import { SubgraphDataSource } from './data-source.ts';
import { type SubgraphClient, createSubgraphClient } from './subgraph-client.ts';

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface Executor {
  readonly gateway: Gateway;
  close(): Promise<void>;
}

export interface ExecutorOptions {
  readonly supergraph: string;
  /** The address of each subgraph in the supergraph; the ones in the supergraph itself are not used. */
  readonly subgraphs: ReadonlyMap<string, URL>;
  readonly signer: ActorSigner;
  readonly log: Log;
}

/** Plans and carries out operations over the supergraph. The only place that knows which planner that is. */
export function createExecutor({ supergraph, subgraphs, signer, log }: ExecutorOptions): Executor {
  // Else the planner asks the cloud what machine this is and tells its makers, every hour and when it stops.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const clients: SubgraphClient[] = [];
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    validateSupergraph: true,
    logger: quiet(log),
    buildService: ({ name }) => {
      const url = subgraphs.get(name);
      if (url === undefined) throw new Error(`no address for the subgraph ${name}`);
      const client = createSubgraphClient({
        url,
        onChange: (isAway, reason) =>
          isAway
            ? log.warn('a subgraph does not answer', { part: name, reason })
            : log.info('a subgraph answers again', { part: name }),
      });
      clients.push(client);
      return new SubgraphDataSource(name, client, signer);
    },
  });
  return {
    gateway,
    close: async () => void (await Promise.all(clients.map((client) => client.close()))),
  };
}

/** The planner's own words may quote an operation, so only the fact that it complained is logged. */
const quiet = (log: Log) => ({
  debug() {},
  info() {},
  warn: () => log.warn('the planner warns'),
  error: () => log.error('the planner complains'),
});
