import { seenHeader } from '@ranselpost/kit/seen';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';
import { Breaker, RetryBudget } from './breaker.ts';
import { SubgraphAway, SubgraphDisagrees } from './faults.ts';

export interface SubgraphClient {
  /**
   * Posts a body and answers the parsed JSON. Fails with `SubgraphAway` when the subgraph gave no usable answer in time.
   * `token` is called for every try, because a subgraph takes an actor token once.
   */
  post(request: SubgraphRequest): Promise<unknown>;
  close(): Promise<void>;
}

export interface SubgraphRequest {
  readonly body: string;
  readonly token: () => Promise<string>;
  readonly requestId: string;
  readonly timeoutMs: number;
  /** A read may be asked twice; a change never (a lost answer does not mean a lost change). */
  readonly mayRetry: boolean;
  /** Told up to where the answer shows identity, where it says so (S-05). */
  readonly onSeen: (instant: string) => void;
}

const maxAnswerBytes = 8 * 1024 * 1024;
const retryAfterMs = { least: 20, spread: 80 };

export interface SubgraphClientOptions {
  readonly url: URL;
  readonly connections?: number;
  readonly onChange: (isAway: boolean, reason: string) => void;
}

/** One keep-alive pool for one subgraph. */
export function createSubgraphClient({
  url,
  connections = 64,
  onChange,
}: SubgraphClientOptions): SubgraphClient {
  const pool = new Pool(url.origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    connect: { timeout: 1_000 },
  });
  const breaker = new Breaker(onChange);
  const budget = new RetryBudget();
  const path = `${url.pathname}${url.search}`;

  const tryOnce = async (request: SubgraphRequest, timeoutMs: number): Promise<unknown> => {
    breaker.enter();
    try {
      const answer = await exchange(pool, path, request, timeoutMs);
      breaker.succeeded();
      return answer;
    } catch (error) {
      if (error instanceof SubgraphAway) breaker.failed(error.reason);
      else breaker.succeeded();
      throw error;
    }
  };

  return {
    post: async (request) => {
      const started = performance.now();
      budget.counted();
      try {
        return await tryOnce(request, request.timeoutMs);
      } catch (error) {
        const left = request.timeoutMs - (performance.now() - started) - retryAfterMs.least;
        const isWorthIt = error instanceof SubgraphAway && error.isQuick && request.mayRetry && left > 0;
        if (!isWorthIt || !budget.take()) throw error;
        await sleep(retryAfterMs.least + Math.random() * Math.min(retryAfterMs.spread, left));
        return tryOnce(request, Math.max(1, request.timeoutMs - (performance.now() - started)));
      }
    },
    close: () => pool.close(),
  };
}

async function exchange(
  pool: Pool,
  path: string,
  { body, token, requestId, onSeen }: SubgraphRequest,
  timeoutMs: number,
): Promise<unknown> {
  const authorization = `Bearer ${await token()}`;
  const headers = { 'content-type': 'application/json', authorization, 'x-request-id': requestId };
  const { status, text, seen } = await receive(pool, { method: 'POST', path, headers, body }, timeoutMs);
  if (seen !== undefined) onSeen(seen);
  if (status === 400) throw new SubgraphDisagrees(status);
  if (status !== 200) throw new SubgraphAway(`status-${status}`, status >= 500);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SubgraphAway('not-json', true, error);
  }
}

interface Received {
  readonly status: number;
  readonly text: string;
  readonly seen: string | undefined;
}

/**
 * Sends a request and collects its answer, straight from the pool: the streams that `request` puts in between cost as
 * much as all the rest of a call.
 */
function receive(pool: Pool, options: Dispatcher.DispatchOptions, timeoutMs: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let seen: string | undefined;
    let connection: Dispatcher.DispatchController | undefined;
    let fault: SubgraphAway | undefined;
    const giveUp = (reason: SubgraphAway): void => {
      fault ??= reason;
      clearTimeout(timer);
      reject(fault);
      connection?.abort(fault);
    };
    const timer = setTimeout(() => giveUp(new SubgraphAway('timeout', false)), timeoutMs);
    pool.dispatch(options, {
      onRequestStart: (controller) => {
        connection = controller;
        // It waited for a connection for longer than anybody waits for the answer.
        if (fault !== undefined) controller.abort(fault);
      },
      onResponseStart: (_controller, statusCode, headers) => {
        status = statusCode;
        const said = headers[seenHeader];
        seen = typeof said === 'string' ? said : undefined;
      },
      onResponseData: (_controller, chunk) => {
        size += chunk.length;
        if (size > maxAnswerBytes) giveUp(new SubgraphAway('answer-too-large', false));
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        clearTimeout(timer);
        resolve({
          status,
          seen,
          text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8'),
        });
      },
      onResponseError: (_controller, error) => giveUp(new SubgraphAway(reasonOf(error), true, error)),
    });
  });
}

const reasonOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'network';
};
