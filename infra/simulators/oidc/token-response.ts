import { randomUUID } from 'node:crypto';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Faults } from '../common/faults.ts';
import { openAccessToken, sealAccessToken } from './access-token.ts';
import type { Parts } from './configuration.ts';
import { text } from './text.ts';

type Middleware = Parameters<Provider['use']>[0];

/** Gives the answers of the token endpoint their shape on the wire, and spoils ID tokens when asked. */
export function tokenResponse(parts: Parts, faults: Faults, issuer: string): Middleware {
  const { routes } = parts.profile;
  return async (ctx, next) => {
    if (ctx.path === routes.userinfo) {
      const opaque = await openAccessToken(parts, issuer, ctx.get('authorization'));
      // What cannot be opened goes on as it is: the library refuses it in its own words.
      if (opaque !== undefined) ctx.req.headers.authorization = `Bearer ${opaque}`;
    }
    await next();
    const body = ctx.body as Record<string, unknown> | undefined;
    if (ctx.path !== routes.token || ctx.status !== 200 || typeof body?.['access_token'] !== 'string') return;
    const tokens = { opaque: body['access_token'], idToken: String(body['id_token']) };
    body['access_token'] = await sealAccessToken(parts, ctx as KoaContextWithOIDC, issuer, tokens);
    body['id_token'] = await spoil(tokens.idToken, parts, faults);
  };
}

/** What each fault does to the claims of an ID token that was right until then. */
const spoilers: Readonly<
  Record<string, (claims: JWTPayload, settings: Readonly<Record<string, unknown>>) => JWTPayload>
> = {
  'wrong-nonce': (claims) => ({ ...claims, nonce: randomUUID() }),
  'wrong-aud': (claims, { aud }) => ({ ...claims, aud: text(aud, 'another-client') }),
  'wrong-iss': (claims, { iss }) => ({ ...claims, iss: text(iss, 'https://issuer.invalid') }),
  'expired-token': (claims) => ({ ...claims, iat: Number(claims.iat) - 900, exp: Number(claims.iat) - 780 }),
  'wrong-signature': (claims) => claims,
};

export const tokenFaultKinds = Object.keys(spoilers);

async function spoil(idToken: string, parts: Parts, faults: Faults): Promise<string> {
  const struck = tokenFaultKinds.flatMap((kind) => faults.strike(kind, 'token') ?? []);
  if (struck.length === 0) return idToken;
  const claims = struck.reduce<JWTPayload>(
    (all, fault) => spoilers[fault.kind]?.(all, fault.settings) ?? all,
    decodeJwt(idToken),
  );
  const isForged = struck.some((fault) => fault.kind === 'wrong-signature');
  const key = isForged ? (await generateKeyPair('RS256')).privateKey : parts.key.key;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: parts.key.kid }).sign(key);
}
