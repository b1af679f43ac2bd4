import { createHmac, randomUUID } from 'node:crypto';
import type { ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { IssuerProfile, Login, RegisteredClient } from './profile.ts';
import type { SigningKey } from './keys.ts';
import type { StateStore } from './state-store.ts';
import { assertionRules, loginPolicy, requestRules } from './request-rules.ts';
import { errorPage } from './pages.ts';
import { text } from './text.ts';

export interface Parts {
  readonly profile: IssuerProfile;
  readonly store: StateStore;
  readonly key: SigningKey;
  readonly clients: readonly RegisteredClient[];
}

/** How the library has to be set up to behave like this issuer. Logout is added in `logout.ts`. */
export function configurationFor({ profile, store, key, clients }: Parts): Configuration {
  return {
    adapter: (model) => store.adapterFor(model),
    clients: clients.map((client) => toMetadata(client, profile)),
    jwks: { keys: [key.privateJwk] },
    acrValues: profile.levels.map((level) => level.acr),
    scopes: [...profile.scopes],
    claims: Object.fromEntries(Object.entries(profile.claims).map(([scope, names]) => [scope, [...names]])),
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS256', 'RS384', 'RS512'],
      idTokenSigningAlgValues: ['RS256'],
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    subjectTypes: [profile.isPairwise ? 'pairwise' : 'public'],
    pairwiseIdentifier: (_ctx, accountId, client) =>
      createHmac('sha256', key.kid).update(`${client.clientId} ${accountId}`).digest('base64url'),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    },
    routes: {
      authorization: profile.routes.authorization,
      token: profile.routes.token,
      userinfo: profile.routes.userinfo,
      jwks: profile.routes.jwks,
      pushed_authorization_request: profile.routes.par,
      end_session: profile.routes.logout,
    },
    ttl: {
      AccessToken: profile.tokenLifetime,
      IdToken: profile.tokenLifetime,
      AuthorizationCode: 60,
      Interaction: 900,
      Grant: profile.ssoMaximum,
      Session: (_ctx, session) => {
        const age = Math.floor(Date.now() / 1000) - (session.loginTs ?? Math.floor(Date.now() / 1000));
        return Math.max(1, Math.min(profile.ssoIdle, profile.ssoMaximum - age));
      },
    },
    // Cookies know no ports: issuers that run side by side on one host need names of their own.
    cookies: {
      names: {
        session: `${profile.name}_session`,
        interaction: `${profile.name}_interaction`,
        resume: `${profile.name}_resume`,
      },
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    discovery: {
      ui_locales_supported: profile.locales,
      prompt_values_supported: ['login'],
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    },
    clockTolerance: 10,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    extraParams: requestRules(),
    extraClientMetadata: { properties: ['frontchannel_logout_uri', 'organisation'] },
    assertJwtClientAuthClaimsAndHeader: assertionRules(profile.routes),
    interactions: {
      policy: loginPolicy(profile),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    findAccount: (ctx, id, token) => ({
      accountId: id,
      claims: async (where) => {
        const use = where === 'userinfo' ? 'userinfo' : 'id_token';
        const claims = profile.claimsOf(profile.personOf(id), use, loginOf(ctx, store, profile, token));
        return { ...claims, sub: id, ...(use === 'id_token' && { jti: randomUUID() }) };
      },
    }),
    loadExistingGrant: (ctx) => grantAll(ctx, store, profile),
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(profile.title, String(out.error), String(out.error_description ?? ''));
    },
  };
}

function toMetadata(client: RegisteredClient, profile: IssuerProfile): ClientMetadata {
  return {
    client_id: client.clientId,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    jwks: {
      keys: client.jwks.keys.map(({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open }) => open),
    },
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    subject_type: profile.isPairwise ? 'pairwise' : 'public',
    ...(client.frontchannelLogoutUri && { frontchannel_logout_uri: client.frontchannelLogoutUri }),
    ...(client.organisation && { organisation: client.organisation }),
  };
}

/** Nobody is asked for consent, so every scope that is asked for is granted. */
async function grantAll(ctx: KoaContextWithOIDC, store: StateStore, profile: IssuerProfile) {
  const { client, session, provider } = ctx.oidc;
  const clientId = client?.clientId ?? '';
  const known = session?.grantIdFor(clientId);
  const grant =
    (known && (await provider.Grant.find(known))) ||
    new provider.Grant({ clientId, accountId: session?.accountId });
  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes].join(' '));
  const grantId = await grant.save();
  const asked = text(ctx.oidc.params?.['ui_locales']).split(' ');
  const locale = asked.find((one) => profile.locales.includes(one)) ?? profile.locales[0];
  store.put('Locale', grantId, { state: { locale } }, profile.ssoMaximum);
  return grant;
}

export function loginOf(
  ctx: KoaContextWithOIDC,
  store: StateStore,
  profile: IssuerProfile,
  token?: { grantId?: string | undefined },
): Login {
  const grantId = token?.grantId ?? ctx.oidc.entities.Grant?.jti ?? '';
  const locale = store.get('Locale', grantId)?.state?.['locale'];
  return {
    acr: ctx.oidc.entities.AuthorizationCode?.acr ?? ctx.oidc.session?.acr,
    locale: text(locale, profile.locales[0]),
  };
}
