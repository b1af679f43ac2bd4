import { errors, interactionPolicy } from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { IssuerProfile } from './profile.ts';
import { text } from './text.ts';

const { InvalidClientAuth, InvalidRequest } = errors;

/** `prompt=login` is the only prompt there is, and a request without `state` or `nonce` must not come to work here. */
export function requestRules(): Configuration['extraParams'] {
  // The library runs these for absent parameters too.
  return {
    state: (_ctx, value) => refuseUnless(value, 'state is required'),
    nonce: (_ctx, value) => refuseUnless(value, 'nonce is required'),
    prompt: (_ctx, value) =>
      refuseUnless(value === undefined || value === 'login', 'login is the only supported prompt'),
  };
}

function refuseUnless(holds: unknown, description: string): void {
  if (!holds) throw new InvalidRequest(description);
}

/** The library also takes the address of the endpoint as audience; these issuers do not. */
export function assertionRules(
  routes: IssuerProfile['routes'],
): Configuration['assertJwtClientAuthClaimsAndHeader'] {
  return (ctx, claims) => {
    const accepted = new Set([ctx.oidc.issuer, new URL(routes.token, ctx.oidc.issuer).href]);
    const audience = Array.isArray(claims['aud']) ? claims['aud'] : [claims['aud']];
    if (!audience.some((one) => accepted.has(text(one)))) {
      throw new InvalidClientAuth('the audience of the assertion must be the issuer or the token endpoint');
    }
    if (Number(claims['exp']) - Number(claims['iat']) > 120) {
      throw new InvalidClientAuth('the assertion lives longer than 120 seconds');
    }
  };
}

/** Logs in again when the session's level is below what is asked for. There is no consent page. */
export function loginPolicy(profile: IssuerProfile): interactionPolicy.Prompt[] {
  const login = interactionPolicy.base().get('login');
  if (!login) throw new Error('the library has no login prompt any more');
  const rank = (acr: string | undefined) => profile.levels.findIndex((level) => level.acr === acr);
  login.checks.add(
    new interactionPolicy.Check('level_too_low', 'a higher level of assurance is asked for', (ctx) => {
      const wanted = wantedAcr(profile, ctx);
      return wanted !== undefined && !ctx.oidc.result?.login && rank(ctx.oidc.session?.acr) < rank(wanted);
    }),
  );
  return [login];
}

/** The weakest known level among `acr_values`. */
function wantedAcr(profile: IssuerProfile, ctx: KoaContextWithOIDC): string | undefined {
  return weakestOf(profile, ctx.oidc.params?.['acr_values']);
}

export function weakestOf(profile: IssuerProfile, acrValues: unknown): string | undefined {
  const asked = text(acrValues).split(' ');
  return profile.levels.find((level) => asked.includes(level.acr))?.acr;
}
