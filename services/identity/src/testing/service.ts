import { remoteActorVerifier } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { readTypeDefs, startSubgraph } from '@ranselpost/kit/subgraph';
import { seesItself } from '@ranselpost/kit/seen';
import { type TestActors, testActors } from '@ranselpost/kit/testing/actors';
import { freePort } from '@ranselpost/kit/testing/bus';
import { testLife } from '@ranselpost/kit/testing/life';
import { contextFor } from '../graphql/context.ts';
import { formUnitsRoute } from '../graphql/form-units-route.ts';
import { resolvers } from '../graphql/index.ts';
import { signInRoute } from '../graphql/sign-in-route.ts';
import { tabletRoutes } from '../graphql/tablet-routes.ts';
import type { GraphDeps } from '../usecases/deps.ts';

export interface Answer {
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export interface TestService {
  readonly actors: TestActors;
  readonly url: string;
  ask(actor: Actor, query: string, variables?: object): Promise<Answer>;
  post(path: string, body: unknown, token?: string): Promise<{ status: number; body: any }>;
  close(): Promise<void>;
}

/** The subgraph over HTTP with a gateway's keys: requests come in as they do in earnest. */
export async function startService(deps: GraphDeps): Promise<TestService> {
  const life = testLife('fatal');
  const actors = await testActors();
  const port = await freePort();
  await startSubgraph({
    host: '127.0.0.1',
    port,
    life,
    typeDefs: await readTypeDefs(new URL('../../../../schema/subgraphs/identity/', import.meta.url)),
    resolvers,
    verifyActor: remoteActorVerifier(actors.issuer, 'identity', new URL(actors.jwksUrl)),
    seeing: seesItself(deps.db),
    db: deps.db,
    context: contextFor(deps),
    routes: (...given) => {
      signInRoute(deps)(...given);
      formUnitsRoute(deps)(...given);
      tabletRoutes(deps)(...given);
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const post: TestService['post'] = async (path, body, token) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    actors,
    url,
    post,
    ask: async (actor, query, variables = {}) =>
      (await post('/graphql', { query, variables }, await actors.sign(actor, 'identity'))).body,
    close: async () => {
      await life.stop();
      await actors.close();
    },
  };
}
