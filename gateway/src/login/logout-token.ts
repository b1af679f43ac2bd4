import { AppError } from '@ranselpost/kit/pure/errors';
import { type JWTPayload, type JWTVerifyGetKey, errors, jwtVerify } from 'jose';

export interface LogoutTokenOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';
const oldestSeconds = 120;

/**
 * The issuer's name for the session that a logout token ends (OpenID Connect Back-Channel Logout 1.0, § 2.6). Throws
 * `BAD_USER_INPUT` for anything that is no such token, an ID token above all: that one is shown to browsers. A token that
 * names only a person is refused too, because we keep nobody's name at an issuer.
 */
export async function verifyLogoutToken(token: string, options: LogoutTokenOptions): Promise<string> {
  const payload = await verify(token, options);
  const { events, sid } = payload;
  const isLogout = typeof events === 'object' && events !== null && event in events;
  if (!isLogout || 'nonce' in payload) throw new AppError('BAD_USER_INPUT', 'not a logout token');
  if (typeof sid !== 'string' || sid === '')
    throw new AppError('BAD_USER_INPUT', 'a logout token that names no session');
  return sid;
}

async function verify(token: string, { issuer, clientId, keys }: LogoutTokenOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: ['RS256'],
      clockTolerance: 10,
      maxTokenAge: oldestSeconds,
      requiredClaims: ['iat', 'exp', 'jti'],
    });
    return payload;
  } catch (cause) {
    const isAway = cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError);
    throw isAway
      ? new AppError('UNAVAILABLE', 'the keys of the issuer could not be read', { cause })
      : new AppError('BAD_USER_INPUT', 'a logout token does not hold', { cause });
  }
}
