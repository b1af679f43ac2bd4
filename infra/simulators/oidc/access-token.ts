import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { loginOf } from './configuration.ts';
import type { Parts } from './configuration.ts';
import { text } from './text.ts';

export interface TokenHolder {
  readonly person: string;
  readonly scopes: ReadonlySet<string>;
}

/**
 * The library's access tokens for userinfo are opaque, the real ones are JWTs: the opaque one becomes the `jti` of
 * a signed one on its way out, and comes back out of it on its way in.
 */
export async function sealAccessToken(
  parts: Parts,
  ctx: KoaContextWithOIDC,
  issuer: string,
  { opaque, idToken }: { readonly opaque: string; readonly idToken: string },
): Promise<string> {
  const { account, client, entities } = ctx.oidc;
  const token = entities.AccessToken;
  const login = loginOf(ctx, parts.store, parts.profile, token);
  const organisation = text(client?.metadata()['organisation']);
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...parts.profile.claimsOf(parts.profile.personOf(account?.accountId ?? ''), 'access_token', login),
    scope: token?.scope,
    client_id: client?.clientId,
    client_amr: 'private_key_jwt',
    token_type: 'Bearer',
    ...(organisation !== '' && {
      consumer: { authority: 'iso6523-actorid-upis', ID: `0192:${organisation}` },
    }),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: parts.key.kid })
    .setIssuer(issuer)
    .setAudience('unspecified')
    .setSubject(String(decodeJwt(idToken).sub))
    .setJti(opaque)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + parts.profile.tokenLifetime)
    .sign(parts.key.key);
}

/** The opaque token inside; undefined where it is not one of ours, or has expired. */
export async function openAccessToken(
  { key }: Parts,
  issuer: string,
  authorization: string | undefined,
): Promise<string | undefined> {
  try {
    const token = String(authorization).replace(/^Bearer /i, '');
    return (await jwtVerify(token, key.publicKey, { issuer, algorithms: ['RS256'] })).payload.jti;
  } catch {
    return undefined;
  }
}

/** Whose token this is, as long as nobody has logged out since. */
export async function holderOf(
  parts: Parts,
  provider: Provider,
  authorization: string | undefined,
): Promise<TokenHolder | undefined> {
  const opaque = await openAccessToken(parts, provider.issuer, authorization);
  const token = opaque === undefined ? undefined : await provider.AccessToken.find(opaque);
  return token && { person: parts.profile.personOf(token.accountId), scopes: token.scopes };
}
