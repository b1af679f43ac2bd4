import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toBrowser } from '../domain/browser.ts';
import { hashOf, isSecret, newSecret } from '../secret.ts';
import type { Sessions } from '../sessions.ts';
import type { Tablets } from '../tablets.ts';
import { clearSession, sessionSecretOf, setSession, setTablet, tabletSecretOf } from './cookies.ts';
import type { Rates } from './rates.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface TabletRouteOptions {
  readonly tablets: Tablets;
  readonly sessions: Sessions;
  readonly rates: Rates;
  readonly ownOrigin: string;
}

const pairBody = z.object({ code: z.string().max(40) });
const enterBody = z.object({ personId: z.uuid(), pin: z.string().max(40) });

/** A shared tablet: how a device becomes one, what it shows before anybody is let in, and who comes and goes at it (T16). */
export function tabletRoutes(
  http: FastifyInstance,
  { tablets, sessions, rates, ownOrigin }: TabletRouteOptions,
): void {
  const secretOf = (request: FastifyRequest): string => {
    const secret = tabletSecretOf(request);
    if (!isSecret(secret)) throw new AppError('NOT_FOUND');
    return secret;
  };

  http.post('/tablet/pair', async (request, reply) => {
    requireSameOrigin(request, ownOrigin);
    await rates.ofPin(request, `pair:${request.ip}`);
    const secret = newSecret();
    if (!(await tablets.pair(read(pairBody, request).code, secret))) throw new AppError('NOT_FOUND');
    // Whoever was signed in here was so at a device of their own.
    await sessions.end(sessionSecretOf(request));
    return clearSession(setTablet(reply, secret)).status(204).send();
  });

  http.get('/tablet', async (request) => {
    await rates.ofAddress(request);
    const shown = await tablets.look(secretOf(request));
    if (shown === undefined) throw new AppError('NOT_FOUND');
    return shown;
  });

  /** Whatever is wrong with who asks: the same answer. */
  http.post('/tablet/enter', async (request, reply) => {
    requireSameOrigin(request, ownOrigin);
    await rates.ofAddress(request);
    const secret = secretOf(request);
    await rates.ofPin(request, `tablet:${hashOf(secret).toString('base64url')}`);
    const { personId, pin } = read(enterBody, request);
    const at = await tablets.enter(secret, personId, pin);
    if (at === undefined) throw new AppError('UNAUTHENTICATED');
    const who = { ...at, personId, browser: toBrowser(request.headers['user-agent']) };
    return setSession(reply, await sessions.openAtTablet(who, sessionSecretOf(request)))
      .status(204)
      .send();
  });
}

function read<Body>(schema: z.ZodType<Body>, request: FastifyRequest): Body {
  const body = schema.safeParse(request.body);
  if (!body.success) throw new AppError('BAD_USER_INPUT', 'not what is asked for');
  return body.data;
}
