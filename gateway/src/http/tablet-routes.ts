import { AppError } from '@ranselpost/kit/pure/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toBrowser } from '../domain/browser.ts';
import { isSecret, newSecret } from '../secret.ts';
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
    await rates.ofPin(request);
    const secret = newSecret();
    const former = tabletSecretOf(request);
    if (!(await tablets.pair(read(pairBody, request).code, secret, isSecret(former) ? former : undefined)))
      throw new AppError('NOT_FOUND');
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

  /** Whatever is wrong with who asks: the same answer. Whoever was in is out by it, for somebody else is at the tablet now. */
  http.post('/tablet/enter', async (request, reply) => {
    requireSameOrigin(request, ownOrigin);
    await rates.ofPin(request);
    const secret = secretOf(request);
    const { personId, pin } = read(enterBody, request);
    await sessions.end(sessionSecretOf(request));
    void clearSession(reply);
    const at = await tablets.enter(secret, personId, pin);
    if (at === undefined) throw new AppError('UNAUTHENTICATED');
    const session = await sessions.openAtTablet({
      ...at,
      personId,
      browser: toBrowser(request.headers['user-agent']),
    });
    // It may have been taken away in between: what is opened after that ends what was open then, and not this.
    if (!(await tablets.isPairedNow(at.tabletId))) {
      await sessions.endAtTablet(at.tabletId);
      throw new AppError('UNAUTHENTICATED');
    }
    return setSession(reply, session).status(204).send();
  });
}

function read<Body>(schema: z.ZodType<Body>, request: FastifyRequest): Body {
  const body = schema.safeParse(request.body);
  if (!body.success) throw new AppError('BAD_USER_INPUT', 'not what is asked for');
  return body.data;
}
