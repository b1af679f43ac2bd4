import type { Actor } from '@ranselpost/kit/pure/actor';
import { compiled } from '@ranselpost/kit/testing/compiled';
import type { TestActors } from '@ranselpost/kit/testing/actors';
import { freePort } from '@ranselpost/kit/testing/bus';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly data: Record<string, unknown> | null | undefined;
  /** The code of each error, with its path. */
  readonly codes: readonly string[];
}

export interface Service {
  readonly url: string;
  readonly pid: number;
  /** Asks as an actor, with a token that the gateway could have signed. */
  ask(actor: Actor, query: string, variables?: object): Promise<Answer>;
  /** Sends a request with the headers given and nothing else. */
  send(headers: Record<string, string>, body: string, method?: string, path?: string): Promise<Answer>;
  /** The conditions of readiness that do not hold. */
  failing(): Promise<readonly string[]>;
  /** What it has logged. */
  log(): string;
  /** Ends it at once, with no chance to tidy up. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

export interface ServiceOptions {
  readonly databaseUrl: string;
  readonly busUrl: string;
  readonly actors: TestActors;
  readonly maxStaleness?: number;
}

/** Runs the service as it runs anywhere: as a process of its own, with nothing but its environment. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { actors } = options;
  const [port, opsPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: {
      ...compiled,
      ...{ HOST: '127.0.0.1', PORT: String(port), OPS_PORT: String(opsPort) },
      ...{ DATABASE_URL: options.databaseUrl, NATS_URL: options.busUrl },
      ...{ GATEWAY_JWKS_URL: actors.jwksUrl, ACTOR_ISSUER: actors.issuer },
      ACCESS_MAX_STALENESS: String(options.maxStaleness ?? 60),
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const url = `http://127.0.0.1:${port}`;

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
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };

  const service: Service = {
    ...{ url, pid: child.pid!, send, log: () => log },
    ask: async (actor, query, variables = {}) =>
      send(
        {
          ...{ 'content-type': 'application/json' },
          authorization: `Bearer ${await actors.sign(actor, 'attendance')}`,
        },
        JSON.stringify({ query, variables }),
      ),
    failing: async () => {
      const response = await fetch(`http://127.0.0.1:${opsPort}/readyz`);
      return ((await response.json()) as { failing: string[] }).failing;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`attendance ended: ${log}`);
    const failing = await service.failing();
    if (failing.includes('starting')) throw new Error('not started yet');
  }, 30_000);
  return service;
}

export const childAbsences = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Child", id: $id }]) {
    ... on Child { absences { nodes { id day cause child { id } unit { id } } } }
  }
}`;

export const reportAbsence = `mutation ($input: ReportAbsenceInput!) {
  reportAbsence(input: $input) {
    __typename
    ... on AbsenceReported { absence { id day cause reportedAt child { id } unit { id } } }
    ... on Refusal { code message }
    ... on AbsenceDayPast { firstPossibleDay }
    ... on AbsenceAlreadyReported { absence { id cause } }
  }
}`;
