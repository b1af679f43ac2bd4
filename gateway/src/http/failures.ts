import { isPassing } from '@ranselpost/kit/database';
import type { Log } from '@ranselpost/kit/log';
import { AppError, type ErrorCode } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance } from 'fastify';
import { errorBody } from '../errors.ts';

const statusOf: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STEP_UP_REQUIRED: 403,
  FEATURE_CLOSED: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

const retryAfterSeconds = '1';

/** Which failure an error is to the caller, and the status that goes with it. */
export function failureOf(error: unknown): { readonly code: ErrorCode; readonly status: number } {
  if (error instanceof AppError) return { code: error.code, status: statusOf[error.code] };
  const status = (error as { statusCode?: unknown }).statusCode;
  // The HTTP server's own refusals: malformed JSON, a body too large, a type that is not JSON.
  if (typeof status === 'number' && status >= 400 && status < 500) return { code: 'BAD_USER_INPUT', status };
  if (isPassing(error)) return { code: 'UNAVAILABLE', status: 503 };
  return { code: 'INTERNAL', status: 500 };
}

/** Answers every failure outside the graph with its code and that code's fixed text. */
export function answerFailures(http: FastifyInstance, log: Log): void {
  http.setNotFoundHandler((_request, reply) => reply.status(404).send(errorBody('NOT_FOUND')));
  http.setErrorHandler((error, request, reply) => {
    const { code, status } = failureOf(error);
    if (status >= 500)
      log[code === 'INTERNAL' ? 'error' : 'warn']('a request failed', { requestId: request.id, code, error });
    if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED')
      void reply.header('retry-after', retryAfterSeconds);
    if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    return reply.status(status).send(errorBody(code));
  });
}
