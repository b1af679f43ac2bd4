import type { Log } from '@ranselpost/kit/log';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import type { LoginDeps } from '../login/logins.ts';
import { clearSession, sessionSecretOf } from './cookies.ts';
import type { Rates } from './rates.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface LogoutRouteOptions {
  readonly deps: LoginDeps;
  readonly rates: Rates;
  readonly ownOrigin: string;
  readonly log: Log;
}

/** The ways for a session to end, here and at its issuer. */
export function logoutRoutes(
  http: FastifyInstance,
  { deps, rates, ownOrigin, log }: LogoutRouteOptions,
): void {
  const { sessions, issuers } = deps;

  /** Ends our session first: what the issuer does with its own is for the issuer and the browser to settle. */
  http.post('/logout', async (request, reply) => {
    await rates.ofAddress(request);
    requireSameOrigin(request, ownOrigin);
    const secret = sessionSecretOf(request);
    const session = await sessions.find(secret);
    await sessions.end(secret);
    void clearSession(reply);
    const location = session === undefined || session.kind === 'tablet' ? '/' : await logoutAt(session.kind);
    return request.headers.accept?.includes('application/json') === true
      ? reply.send({ location })
      : reply.redirect(location, 303);
  });

  const logoutAt = async (kind: keyof typeof issuers): Promise<string> => {
    try {
      return (await issuers[kind].client.logoutUrl(`${ownOrigin}/`)) ?? '/';
    } catch (error) {
      log.warn('the issuer could not be asked where to log out', { part: kind, error });
      return '/';
    }
  };

  /**
   * The issuer's logout page loads this in a frame, mostly without our cookie: the session is found by the issuer's own
   * name for it. The answer is the same whether there was one.
   */
  http.get<{ Querystring: Readonly<Record<string, unknown>> }>(
    '/logout/front-channel',
    async (request, reply) => {
      await rates.ofAddress(request);
      const { iss, sid } = request.query;
      const issuer = Object.values(issuers).find(({ name }) => name === iss);
      if (issuer === undefined || typeof sid !== 'string' || sid === '')
        throw new AppError('BAD_USER_INPUT', 'a logout of no issuer of ours');
      await sessions.endByIssuerSession(issuer.name, sid);
      const framers = await issuer.client.frameOrigins().catch(() => [new URL(issuer.name).origin]);
      void reply.removeHeader('x-frame-options');
      return reply
        .header('content-security-policy', `default-src 'none'; frame-ancestors ${framers.join(' ')}`)
        .type('text/html; charset=utf-8')
        .send('<!doctype html><html lang="nb"><title>Logget ut</title></html>');
    },
  );

  /** The issuer tells of a logout itself, with a token in a form; it has neither our cookie nor an origin. */
  void http.register(async (forms) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    forms.post('/logout/back-channel', async (request, reply) => {
      await rates.ofAddress(request);
      const token = request.body instanceof URLSearchParams ? request.body.get('logout_token') : null;
      const issuer = Object.values(issuers).find(({ name }) => name === issuerOf(token));
      if (token === null || issuer === undefined)
        throw new AppError('BAD_USER_INPUT', 'a logout of no issuer of ours');
      await sessions.endByIssuerSession(issuer.name, await issuer.client.sessionEndedBy(token));
      return reply.status(200).send();
    });
  });
}

/** Whom a token says that it is from, before anything of it is believed. */
function issuerOf(token: string | null): string | undefined {
  try {
    return token === null ? undefined : decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
