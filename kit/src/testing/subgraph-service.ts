import type { Actor } from '../pure/actor.ts';
import type { TestActors } from './actors.ts';
import { freePort } from './bus.ts';
import { type Running, run } from './run.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly data: Record<string, unknown> | null | undefined;
  /** The code of each error, with its path. */
  readonly codes: readonly string[];
}

export interface Service extends Running {
  readonly url: string;
  /** Asks as an actor, with a token that the gateway could have signed. */
  ask(actor: Actor, query: string, variables?: object): Promise<Answer>;
  /** Sends a request with the headers given and nothing else. */
  send(headers: Record<string, string>, body: string, method?: string, path?: string): Promise<Answer>;
  /** The conditions of readiness that do not hold. */
  failing(): Promise<readonly string[]>;
}

export interface ServiceOptions {
  readonly databaseUrl: string;
  readonly busUrl: string;
  readonly actors: TestActors;
  readonly maxStaleness?: number;
}

/** Runs a service with a subgraph and an access copy as it runs anywhere: as a process of its own; `env` is what it alone needs. */
export async function startSubgraphService(
  service: string,
  { databaseUrl, busUrl, actors, maxStaleness = 60 }: ServiceOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const failing = async (): Promise<readonly string[]> => {
    const response = await fetch(`http://127.0.0.1:${opsPort}/readyz`);
    return ((await response.json()) as { failing: string[] }).failing;
  };
  const running = await run(
    `services/${service}/src/main.ts`,
    {
      ...{ HOST: '127.0.0.1', PORT: String(port), OPS_PORT: String(opsPort) },
      ...{ DATABASE_URL: databaseUrl, NATS_URL: busUrl },
      ...{ GATEWAY_JWKS_URL: actors.jwksUrl, ACTOR_ISSUER: actors.issuer },
      ...{ ACCESS_MAX_STALENESS: String(maxStaleness), ...env },
    },
    async () => !(await failing()).includes('starting'),
  );
  const send: Service['send'] = async (headers, body, method = 'POST', path = '/graphql') => {
    const response = await fetch(`${url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body }) });
    const text = await response.text();
    const parsed = JSON.parse(text) as {
      data?: Record<string, unknown> | null;
      errors?: { path?: unknown[]; extensions: { code: string } }[];
    };
    return {
      ...{ status: response.status, body: text, data: parsed.data },
      codes: (parsed.errors ?? []).map(({ path, extensions }) =>
        [extensions.code, ...(path ?? [])].join(' '),
      ),
    };
  };
  return {
    ...running,
    ...{ url, send, failing },
    ask: async (actor, query, variables = {}) =>
      send(
        {
          ...{ 'content-type': 'application/json' },
          authorization: `Bearer ${await actors.sign(actor, service)}`,
        },
        JSON.stringify({ query, variables }),
      ),
  };
}
