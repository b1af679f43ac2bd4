import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors } from 'jose';
import type { JWK, JWTPayload, ProtectedHeaderParameters } from 'jose';
import { Refused } from './refusals.ts';
import type { Replays } from './replays.ts';
import { text } from '../oidc/text.ts';

export interface MachineClient {
  readonly clientId: string;
  readonly organisation: string;
  readonly scopes: readonly string[];
  /** Public keys; `expires` (seconds) is ours, a registered key lives for at most a year. */
  readonly jwks: { readonly keys: readonly (JWK & { readonly expires?: number })[] };
  /** Organisations that have delegated their scopes to this supplier. */
  readonly delegations?: readonly string[];
}

export interface Grant {
  readonly client: MachineClient;
  readonly scope: string;
  readonly audience: string | string[];
  readonly consumer: string;
  readonly isDelegated: boolean;
}

export interface Rules {
  readonly issuer: string;
  readonly clients: ReadonlyMap<string, MachineClient>;
  readonly replays: Replays;
}

const algorithms = ['RS256', 'RS384', 'RS512'];
const longestLife = 120;
const skew = 10;

/** Takes a grant apart and checks all of it, or throws the refusal with its code. `now` is in seconds. */
export async function checkGrant(assertion: string, rules: Rules, now: number): Promise<Grant> {
  const { header, claims } = read(assertion);
  const client = rules.clients.get(String(claims.iss));
  if (!client) throw new Refused('MP-100', 'with this iss');
  await checkSignature(assertion, header, client, now);
  if (![claims.aud].flat().every((one) => one === rules.issuer) || [claims.aud].flat().length !== 1) {
    throw new Refused('MP-110', `it has to be ${rules.issuer}`);
  }
  const expiresAt = checkTimes(claims, now);
  if (typeof claims.jti !== 'string' || claims.jti === '') throw new Refused('MP-011', 'jti');
  if (!rules.replays.isFirstUse(client.clientId, claims.jti, expiresAt, now))
    throw new Refused('MP-012', 'with this jti');
  return { client, ...checkWishes(claims, client) };
}

function read(assertion: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    throw new Refused('MP-011', 'assertion');
  }
}

async function checkSignature(
  assertion: string,
  header: ProtectedHeaderParameters,
  client: MachineClient,
  now: number,
): Promise<void> {
  const { x5c, kid } = header as { x5c?: unknown; kid?: unknown };
  if (typeof x5c === 'string') throw new Refused('MP-123', '');
  if ((x5c === undefined) === (kid === undefined)) throw new Refused('MP-011', 'exactly one of kid and x5c');
  if (x5c !== undefined) throw new Refused('MP-120', 'this simulator knows no certificates');
  const expires = client.jwks.keys.find((key) => key.kid === kid)?.expires;
  if (expires !== undefined && expires <= now) throw new Refused('MP-121', '');
  try {
    await compactVerify(assertion, createLocalJWKSet({ keys: [...client.jwks.keys] }), { algorithms });
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new Refused(
      'MP-124',
      error instanceof errors.JWKSNoMatchingKey ? 'or the kid is not registered' : '',
    );
  }
}

function checkTimes({ iat, exp }: JWTPayload, now: number): number {
  if (typeof iat !== 'number' || typeof exp !== 'number') throw new Refused('MP-011', 'iat and exp');
  if (exp - iat > longestLife) throw new Refused('MP-130', 'and exp is more than 120 seconds after iat');
  if (iat > now + skew) throw new Refused('MP-130', 'Issue time is after now');
  if (exp <= now - skew) throw new Refused('MP-130', '');
  return exp;
}

function checkWishes(claims: JWTPayload, client: MachineClient): Omit<Grant, 'client'> {
  if (claims['authorization_details'] !== undefined) throw new Refused('MP-301', '');
  const scope = text(claims['scope']).trim();
  if (scope === '') throw new Refused('MP-011', 'scope');
  const unknown = scope.split(/ +/).find((one) => !client.scopes.includes(one));
  if (unknown !== undefined) throw new Refused('MP-200', unknown);
  const consumer = text(claims['consumer_org'], client.organisation);
  const isDelegated = consumer !== client.organisation;
  if (isDelegated && !client.delegations?.includes(consumer)) throw new Refused('MP-251', scope);
  return { scope, consumer, isDelegated, audience: audienceOf(claims['resource']) };
}

function audienceOf(resource: unknown): string | string[] {
  if (resource === undefined) return 'unspecified';
  const isText = (one: unknown): one is string => typeof one === 'string' && one !== '';
  if (isText(resource)) return resource;
  if (Array.isArray(resource) && resource.length > 0 && resource.every(isText)) return resource;
  throw new Refused('MP-011', 'resource');
}
