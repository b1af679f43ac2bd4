import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name that faults know the route by. Routes without one are ours and never fail on purpose. */
    endpoint?: string;
  }
}

export const wireFaultKinds = ['latency', 'error', 'html', 'throttle', 'malformed'] as const;

/** How a simulator writes an error body; `shape` is the wish that came with the fault, if any. */
export type ErrorBody = (request: FastifyRequest, status: number, message: string, shape: unknown) => unknown;

/** What a firewall in front of the service answers: a page, with a support id. */
export const firewallPage =
  '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. ' +
  'Please consult with your administrator.<br><br>Your support ID is: 4711000000000000001</body></html>';

/**
 * Slow, failing, throttled and torn answers on every route that names its endpoint in `config.endpoint`.
 * `latency {ms}` · `error {status, shape}` · `html {status}` · `throttle {retryAfterMs}` · `malformed`.
 */
export function wireFaults(app: FastifyInstance, faults: Faults, errorBody: ErrorBody): void {
  app.addHook('preHandler', async (request, reply) => {
    const endpoint = endpointOf(request);
    if (endpoint === undefined) return undefined;
    const latency = faults.strike('latency', endpoint);
    if (latency) await pause(Number(latency.settings['ms'] ?? 3000));
    const html = faults.strike('html', endpoint);
    if (html) return reply.code(statusOf(html, 403)).type('text/html; charset=utf-8').send(firewallPage);
    const throttle = faults.strike('throttle', endpoint);
    if (throttle)
      return throttled(request, reply, errorBody, Number(throttle.settings['retryAfterMs'] ?? 1000));
    const error = faults.strike('error', endpoint);
    if (!error) return undefined;
    const status = statusOf(error, 500);
    return reply
      .code(status)
      .send(errorBody(request, status, 'Switched on in the simulator', error.settings['shape']));
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    const endpoint = endpointOf(request);
    if (endpoint === undefined || typeof payload !== 'string' || !faults.strike('malformed', endpoint))
      return payload;
    return payload.slice(0, Math.max(1, Math.floor(payload.length / 2)));
  });
}

/** `Retry-After` in milliseconds, as Folkeregisteret means it. */
export function throttled(
  request: FastifyRequest,
  reply: FastifyReply,
  errorBody: ErrorBody,
  retryAfterMs: number,
): FastifyReply {
  return reply
    .code(429)
    .header('Retry-After', String(retryAfterMs))
    .send(errorBody(request, 429, 'Too many requests', undefined));
}

function endpointOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.config.endpoint;
}

function statusOf(fault: Fault, otherwise: number): number {
  return Number(fault.settings['status'] ?? otherwise);
}
