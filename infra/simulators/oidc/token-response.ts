import { randomUUID } from 'node:crypto';
import { decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Faults } from '../common/faults.ts';
import { loginOf } from './configuration.ts';
import type { Parts } from './configuration.ts';

type Middleware = Parameters<Provider['use']>[0];

/**
 * The library's access tokens for userinfo are opaque, the real ones are JWTs: the opaque one becomes the `jti` of
 * a signed one on its way out, and comes back out of it on its way in. ID tokens are spoiled here when asked.
 */
export function tokenResponse(parts: Parts, faults: Faults, issuer: string): Middleware {
  const { profile, key } = parts;
  return async (ctx, next) => {
    if (ctx.path === profile.routes.userinfo) {
      const opaque = await openToken(ctx.get('authorization'));
      if (opaque !== undefined) ctx.req.headers.authorization = `Bearer ${opaque}`;
    }
    await next();
    const body = ctx.body as Record<string, unknown> | undefined;
    if (ctx.path !== profile.routes.token || ctx.status !== 200 || typeof body?.['access_token'] !== 'string')
      return;
    const oidcCtx = ctx as KoaContextWithOIDC;
    body['access_token'] = await accessToken(parts, oidcCtx, issuer, body['access_token']);
    body['id_token'] = await spoil(String(body['id_token']), parts, faults);
  };

  async function openToken(authorization: string): Promise<string | undefined> {
    try {
      const token = authorization.replace(/^Bearer /i, '');
      return (await jwtVerify(token, key.publicKey, { issuer, algorithms: ['RS256'] })).payload.jti;
    } catch {
      // Not one of ours, or expired: the library refuses it in its own words.
      return undefined;
    }
  }
}

async function accessToken(
  parts: Parts,
  ctx: KoaContextWithOIDC,
  issuer: string,
  opaque: string,
): Promise<string> {
  const { account, client, entities } = ctx.oidc;
  const { AccessToken: token } = entities;
  const personId = account?.accountId ?? '';
  const claims = parts.profile.claimsOf(
    personId,
    'access_token',
    loginOf(ctx, parts.store, parts.profile, token),
  );
  const idToken = decodeJwt(String((ctx.body as Record<string, unknown>)['id_token']));
  const organisation = client?.metadata()['organisation'];
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...claims,
    scope: token?.scope,
    client_id: client?.clientId,
    client_amr: 'private_key_jwt',
    token_type: 'Bearer',
    ...(organisation !== undefined && {
      consumer: { authority: 'iso6523-actorid-upis', ID: `0192:${String(organisation)}` },
    }),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: parts.key.kid })
    .setIssuer(issuer)
    .setAudience('unspecified')
    .setSubject(String(idToken.sub))
    .setJti(opaque)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + parts.profile.tokenLifetime)
    .sign(parts.key.key);
}

/** What each fault does to the claims of an ID token that was right until then. */
const spoilers: Readonly<
  Record<string, (claims: JWTPayload, settings: Readonly<Record<string, unknown>>) => JWTPayload>
> = {
  'wrong-nonce': (claims) => ({ ...claims, nonce: randomUUID() }),
  'wrong-aud': (claims, { aud }) => ({ ...claims, aud: String(aud ?? 'another-client') }),
  'wrong-iss': (claims, { iss }) => ({ ...claims, iss: String(iss ?? 'https://issuer.invalid') }),
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
