import cookie from '@fastify/cookie';
import type { Log } from '@ranselpost/kit/log';
import fastify, { type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { maxBodyBytes } from '../limits.ts';
import { answerFailures } from './failures.ts';
import { setHeaders } from './headers.ts';

export interface ServerOptions {
  readonly trustedProxies: readonly string[];
  readonly log: Log;
}

/** An HTTP server that takes JSON and nothing else, and says of a failure only its code. */
export async function createServer({ trustedProxies, log }: ServerOptions): Promise<FastifyInstance> {
  const http = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: 10_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Our own, always: a caller who names the request could make its log lines look like another's.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
  });
  http.removeContentTypeParser('text/plain');
  setHeaders(http);
  await http.register(cookie);
  answerFailures(http, log);
  return http;
}
