import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firewallPage, type ErrorBody } from '../common/wire-faults.ts';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 406: 'Not Acceptable', 410: 'Gone',
  415: 'Unsupported Media Type', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable',
}; // prettier-ignore

/**
 * Nobody can say which body comes with which status: the documentation shows `freg`, the published interface `openapi`
 * and `reference`, the platform in front of it `fiks`, and the firewall before that a page.
 */
export const errorBody: ErrorBody = (request, status, message, shape) => {
  switch (shape ?? 'freg') {
    case 'fiks':
      return {
        timestamp: Date.now(),
        status,
        error: reasons[status] ?? 'Error',
        errorId: randomUUID(),
        path: request.url,
        originalPath: request.url,
        message,
        errorCode: `FIKS-${status}`,
        errorJson: null,
      };
    case 'openapi':
      return {
        alvorlighetsgrad: 'FEIL',
        feilkode: `FREG-${status}`,
        feilmelding: message,
        httpStatus: status,
        tilleggsinformasjon: {},
      };
    case 'reference':
      return { code: `FREG-${status}`, feilreferanse: randomUUID(), httpStatus: status, message };
    case 'html':
      return firewallPage;
    case 'empty':
      return '';
    default:
      return { kode: `FREG-${status}`, melding: message };
  }
};

export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string,
  shape: 'freg' | 'openapi' | 'fiks' | 'reference' = 'freg',
): FastifyReply {
  return reply.code(status).send(errorBody(request, status, message, shape));
}
