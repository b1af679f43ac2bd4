import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Session, expiryOf } from '../domain/session.ts';
import type { Sessions } from '../sessions.ts';
import { sessionSecretOf } from './cookies.ts';
import type { Rates } from './rates.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface SessionRouteOptions {
  readonly sessions: Sessions;
  readonly rates: Rates;
  readonly ownOrigin: string;
}

/** Who is signed in, and what else they have open (G21). */
export function sessionRoutes(
  http: FastifyInstance,
  { sessions, rates, ownOrigin }: SessionRouteOptions,
): void {
  const current = async (request: FastifyRequest): Promise<Session> => {
    await rates.ofAddress(request);
    const session = await sessions.find(sessionSecretOf(request));
    if (session === undefined) throw new AppError('UNAUTHENTICATED');
    return session;
  };
  /** What else somebody has open is no business of a shared tablet's. */
  const ownPerson = async (request: FastifyRequest): Promise<Session> => {
    const session = await current(request);
    if (session.kind === 'tablet') throw new AppError('FORBIDDEN', 'not at a shared tablet');
    return session;
  };

  http.get('/session', async (request) => {
    const session = await current(request);
    const { id, kind } = session;
    // A PIN is not as sure as any login.
    const level = kind === 'tablet' ? null : session.level;
    return { id, kind, level, expiresAt: expiryOf(session).toISOString() };
  });

  http.get('/sessions', async (request) => {
    const { id: currentId, personId } = await ownPerson(request);
    const own = await sessions.own(personId);
    return { sessions: own.map((session) => ({ ...session, isCurrent: session.id === currentId })) };
  });

  /** Ends the others: whoever means this one too logs out. */
  http.delete('/sessions', async (request, reply) => {
    requireSameOrigin(request, ownOrigin);
    const { id, personId } = await ownPerson(request);
    await sessions.endOthers(personId, id);
    return reply.status(204).send();
  });

  /** The same answer for a session that is another's as for one that is not there (S-06). */
  http.delete<{ Params: { readonly id: string } }>('/sessions/:id', async (request, reply) => {
    requireSameOrigin(request, ownOrigin);
    const { personId } = await ownPerson(request);
    await sessions.endOwn(personId, request.params.id);
    return reply.status(204).send();
  });
}
