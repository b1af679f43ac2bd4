import cookie from '@fastify/cookie';
import type { Log } from '@ranselpost/kit/log';
import fastify, { type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from '../limits.ts';
import { answerFailures } from './failures.ts';
import { setHeaders } from './headers.ts';

export interface ServerOptions {
  readonly trustedProxies: readonly string[];
  readonly log: Log;
}

const usualMs = 10_000;
const longestMs = 300_000;

/** Configures a route whose requests may be as long on their way as a file on a slow line. */
export const mayTakeLong = { mayTakeLong: true };

/** An HTTP server that takes JSON and nothing else, and says of a failure only its code. */
export async function createServer({ trustedProxies, log }: ServerOptions): Promise<FastifyInstance> {
  const http = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    // For those that may take long; `endSlowBodies` ends the others.
    requestTimeout: longestMs,
    http: { headersTimeout: usualMs },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Our own, always: a caller who names the request could make its log lines look like another's.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
  });
  http.removeContentTypeParser('text/plain');
  setHeaders(http);
  endSlowBodies(http);
  await http.register(cookie);
  answerFailures(http, log);
  return http;
}

/** Ends the connection of a request that has not arrived in time: it costs its sender nothing and us a place. */
function endSlowBodies(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    const may =
      (request.routeOptions.config as Partial<typeof mayTakeLong> | undefined)?.mayTakeLong === true;
    if (!may && hasBody(raw)) {
      const timer = setTimeout(() => raw.complete || raw.destroy(), usualMs);
      reply.raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
