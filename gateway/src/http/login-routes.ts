import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '@ranselpost/kit/log';
import { AppError } from '@ranselpost/kit/pure/errors';
import { toBrowser } from '../domain/browser.ts';
import { toReturnPath } from '../domain/return-path.ts';
import type { LoginKind } from '../domain/session.ts';
import { type LoginDeps, beginLogin, finishLogin } from '../login/logins.ts';
import {
  browserSecretOf,
  clearLogin,
  clearSession,
  loginSecretOf,
  sessionSecretOf,
  setBrowser,
  setLogin,
  setSession,
  tabletSecretOf,
} from './cookies.ts';
import { failureOf } from './failures.ts';
import { awayPage, refusalPage } from './login-pages.ts';
import { sendPage } from './page.ts';
import type { Rates } from './rates.ts';

export interface LoginRouteOptions {
  readonly deps: LoginDeps;
  readonly rates: Rates;
  readonly publicUrl: string;
  readonly log: Log;
}

type Asked = { Querystring: Readonly<Record<string, unknown>> };

/** `/login/guardian` and `/login/staff` send the browser to the issuer, `/callback/…` takes it back. */
export function loginRoutes(http: FastifyInstance, { deps, rates, publicUrl, log }: LoginRouteOptions): void {
  const begin = (kind: LoginKind) => async (request: FastifyRequest<Asked>, reply: FastifyReply) => {
    await rates.ofLogin(request);
    const level = request.query['level'] === 'high' ? 'high' : 'substantial';
    const isFresh = request.query['fresh'] === 'true';
    const returnTo = toReturnPath(request.query['return'], publicUrl);
    try {
      const current = await deps.sessions.find(sessionSecretOf(request));
      const begun = await beginLogin(deps, { kind, level, isFresh, returnTo, current });
      if (!begun.ok) return await sendPage(reply, refusalPage(begun.refusal.kind, kind));
      return await setLogin(reply, begun.value.secret).redirect(begun.value.url, 303);
    } catch (error) {
      return away(request, reply, error);
    }
  };

  const finish = (kind: LoginKind) => async (request: FastifyRequest<Asked>, reply: FastifyReply) => {
    await rates.ofAddress(request);
    try {
      const outcome = await finishLogin(deps, {
        kind,
        parameters: new URL(request.url, publicUrl).searchParams,
        loginSecret: loginSecretOf(request),
        sessionSecret: sessionSecretOf(request),
        browserSecret: browserSecretOf(request),
        tabletSecret: tabletSecretOf(request),
        browser: toBrowser(request.headers['user-agent']),
        now: new Date(),
      });
      void clearLogin(reply);
      if (outcome.ok) {
        const { secret, browserSecret, returnTo } = outcome.value;
        return await setSession(setBrowser(reply, browserSecret), secret).redirect(returnTo, 303);
      }
      log.info('a login was refused', { requestId: request.id, part: kind, reason: outcome.refusal.kind });
      if (outcome.refusal.kind === 'another-person') void clearSession(reply);
      return await sendPage(reply, refusalPage(outcome.refusal.kind, kind));
    } catch (error) {
      return away(request, reply, error);
    }
  };

  const away = (request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply => {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') throw error;
    log.warn('a login could not be carried out', {
      requestId: request.id,
      code: failureOf(error).code,
      error,
    });
    return sendPage(reply.header('retry-after', '5'), awayPage);
  };

  http.get('/login/guardian', begin('guardian'));
  http.get('/login/staff', begin('staff'));
  http.get('/callback/guardian', finish('guardian'));
  http.get('/callback/staff', finish('staff'));
}
