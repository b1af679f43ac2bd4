import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses what another site made a browser send. Browsers put `Origin` on every POST, and `Sec-Fetch-Site` says the same
 * in another way, so a request with neither is no browser of ours: it is refused too.
 */
export function requireSameOrigin(request: FastifyRequest, ownOrigin: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isForeign =
    (origin !== undefined && origin !== ownOrigin) || (site !== undefined && site !== 'same-origin');
  if (isForeign || (origin === undefined && site === undefined))
    throw new AppError('FORBIDDEN', 'a request from another site');
}
