import type { ActorSigner } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError, errorCodes } from '@ranselpost/kit/pure/errors';
import type { Readable } from 'node:stream';
import { Client, type Dispatcher, Pool } from 'undici';

/** Who asks, and what our log lines call the request. */
export interface FileCall {
  readonly actor: Actor;
  readonly requestId: string;
  /** Fires when whoever asks is gone. */
  readonly signal: AbortSignal;
}

export interface Kept {
  readonly content: Readable;
  readonly mediaType: string;
  readonly bytes: string | undefined;
  readonly name: string;
}

/** The service that keeps files, as the gateway speaks to it: content goes through and is never held here. */
export interface FileService {
  /** Answers the status and the body that say what became of it: taken (201) or refused (422). */
  send(
    call: FileCall,
    name: string,
    content: Readable,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  fetch(call: FileCall, link: string): Promise<Kept>;
  close(): Promise<void>;
}

const connections = 32;
const silentMs = 60_000;
const longestBody = 16 * 1024;

/** Has connections of its own, so that slow files keep none from the graph. */
export function createFileService(url: URL, audience: string, signer: ActorSigner): FileService {
  const patience = { headersTimeout: silentMs, bodyTimeout: silentMs, connect: { timeout: 1_000 } };
  const pool = new Pool(url.origin, { ...patience, connections });

  const ask = async (
    through: Dispatcher,
    { actor, requestId, signal }: FileCall,
    options: Pick<Dispatcher.RequestOptions, 'method' | 'path'> & {
      readonly headers?: Record<string, string>;
      readonly body?: Readable;
    },
  ): Promise<Dispatcher.ResponseData> => {
    const authorization = `Bearer ${await signer.sign(actor, audience)}`;
    const headers = { ...options.headers, authorization, 'x-request-id': requestId };
    try {
      return await through.request({ ...options, headers, signal });
    } catch (cause) {
      if (signal.aborted) throw new AppError('BAD_USER_INPUT', 'a file was broken off', { cause });
      throw new AppError('UNAVAILABLE', 'the service that keeps files did not answer', { cause });
    }
  };

  return {
    /** Over a connection of its own: one that is refused midway leaves the rest of a file in it, and serves no other. */
    send: async (call, name, body) => {
      const client = new Client(url.origin, patience);
      try {
        const answer = await ask(client, call, {
          ...{ method: 'POST', path: '/files', body },
          headers: { 'content-type': 'application/octet-stream', 'x-file-name': name },
        });
        if (answer.statusCode !== 201 && answer.statusCode !== 422) throw await failureIn(answer);
        return { status: answer.statusCode, body: await answer.body.json() };
      } finally {
        await client.destroy();
      }
    },
    fetch: async (call, link) => {
      const answer = await ask(pool, call, { method: 'GET', path: `/files/${encodeURIComponent(link)}` });
      if (answer.statusCode !== 200) throw await failureIn(answer);
      const headerOf = (header: string): string => String(answer.headers[header] ?? '');
      return {
        content: answer.body,
        mediaType: headerOf('content-type'),
        bytes: headerOf('content-length') || undefined,
        name: decodeURIComponent(headerOf('x-file-name')),
      };
    },
    close: () => pool.destroy(),
  };
}

/** The service's own failure, if it is one that we know; whatever else it says is a fault of ours. */
async function failureIn({ statusCode, body }: Dispatcher.ResponseData): Promise<AppError> {
  const text = (await body.text()).slice(0, longestBody);
  const said = /"code":"([A-Z_]+)"/.exec(text)?.[1];
  const code = errorCodes.find((one) => one === said && one !== 'UNAUTHENTICATED');
  return new AppError(code ?? 'UNAVAILABLE', `the service that keeps files answered ${statusCode}`);
}
