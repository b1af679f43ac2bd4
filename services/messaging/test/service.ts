import type { Actor } from '@ranselpost/kit/pure/actor';
import { compiled } from '@ranselpost/kit/testing/compiled';
import type { TestActors } from '@ranselpost/kit/testing/actors';
import { freePort } from '@ranselpost/kit/testing/bus';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
      FILE_KEYS: `k:${Buffer.alloc(32, 1).toString('base64')}`,
      FILE_FOLDER: join(tmpdir(), `messaging-files-${port}`),
      ACCESS_MAX_STALENESS: String(options.maxStaleness ?? 60),
      OUTBOUND_SEAL_KEY: JSON.stringify(sealPair().publicKey),
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
          authorization: `Bearer ${await actors.sign(actor, 'messaging')}`,
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
    if (child.exitCode !== null) throw new Error(`messaging ended: ${log}`);
    const failing = await service.failing();
    if (failing.includes('starting')) throw new Error('not started yet');
  }, 30_000);
  return service;
}

export const threadById = `query ($id: ID!) {
  thread(id: $id) {
    id subject isOpen startedAt children { id } unit { id } participants { capacity person { id } }
    messages { nodes { id text state author { capacity person { id } } } pageInfo { hasNextPage } }
  }
}`;

const result = `__typename
  ... on MessageSent { sent { id state text homeReaders { id } author { capacity } thread { id } } }
  ... on Refusal { code message }
  ... on TextDiverted { findings { part topic reason start end } }
  ... on TextToReread { findings { part topic reason start end } }
  ... on FeatureClosed { state instead { id } }`;
export const startThread = `mutation ($input: StartThreadInput!) { startThread(input: $input) { ${result} } }`;
export const sendMessage = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${result} } }`;

const draft = `id kind subject text unit { id } children { id } answers { id text } alsoGuardians { id } alsoStaff { id }
  leaveOut { guardian { id } cause } broadcast { children urgent places { groupId unit { id } } }
  changedAt keptUntil sendAt notSentBecause`;
export const drafts = `{ drafts(first: 5) { nodes { ${draft} } pageInfo { hasNextPage } } }`;
export const saveDraft = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename
  ... on DraftSaved { saved { ${draft} } } ... on Refusal { code } } }`;
export const sendDraft = `mutation ($input: SendDraftInput!) { sendDraft(input: $input) { __typename
  ... on MessageSent { sent { id text receipt { readerCount among } } } ... on DraftScheduled { scheduled { ${draft} } }
  ... on BroadcastStored { broadcast { state } } ... on Refusal { code } ... on SendTimeRefused { earliest latest } } }`;
