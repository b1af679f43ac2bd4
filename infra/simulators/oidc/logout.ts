import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import { errorPage, logoutPage } from './pages.ts';
import type { IssuerProfile } from './profile.ts';

type LogoutFeature = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;
type Middleware = Parameters<Provider['use']>[0];

/** The library ends sessions but tells no client in the browser: the page with a frame for each client is ours. */
export function logoutFeature(profile: IssuerProfile): LogoutFeature {
  return {
    enabled: true,
    logoutSource: async (ctx) => endInBrowser(ctx, profile),
    postLogoutSuccessSource: async (ctx) => {
      ctx.body = logoutPage({ title: profile.title, frames: [], onward: undefined, scriptNonce: '' });
    },
  };
}

/** Ends the session without asking, as the real issuer does, and says so to every client that was in it. */
async function endInBrowser(ctx: KoaContextWithOIDC, profile: IssuerProfile): Promise<void> {
  const session = ctx.oidc.session;
  if (!session) throw new Error('the library rendered a logout without a session');
  const { postLogoutRedirectUri, state } = session.state ?? {};
  const frames = await frontChannelAddresses(ctx.oidc.provider, session);
  // Tokens and codes are bound to the session in the library, so they end with it.
  await session.destroy();
  ctx.cookies.set(`${profile.name}_session`, null, { httpOnly: true, sameSite: 'lax' });
  const onward =
    typeof postLogoutRedirectUri === 'string' ? withState(postLogoutRedirectUri, state) : undefined;
  if (frames.length === 0 && onward !== undefined) {
    ctx.status = 303;
    ctx.redirect(onward);
    return;
  }
  const scriptNonce = randomBytes(16).toString('base64url');
  const origins = [...new Set(frames.map((frame) => new URL(frame).origin))].join(' ');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${scriptNonce}'; frame-src ${origins || "'none'"}`,
  );
  ctx.body = logoutPage({ title: profile.title, frames, onward, scriptNonce });
}

/** The addresses to load, one for each client of the session that registered one. */
export async function frontChannelAddresses(
  provider: Provider,
  session: Pick<AdapterPayload, 'authorizations'>,
): Promise<string[]> {
  const addresses = await Promise.all(
    Object.entries(session.authorizations ?? {}).map(async ([clientId, { sid }]) => {
      const client = await provider.Client.find(clientId);
      const registered = client?.metadata()['frontchannel_logout_uri'];
      if (typeof registered !== 'string' || !sid) return [];
      const address = new URL(registered);
      address.searchParams.set('iss', provider.issuer);
      address.searchParams.set('sid', sid);
      return [address.href];
    }),
  );
  return addresses.flat();
}

function withState(address: string, state: unknown): string {
  const onward = new URL(address);
  if (typeof state === 'string') onward.searchParams.set('state', state);
  return onward.href;
}

/** Takes POST as well as GET, and shows an error where there is no session or the state is not plain text. */
export function logoutRules(provider: Provider, profile: IssuerProfile): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== profile.routes.logout) return void (await next());
    if (ctx.method === 'POST') {
      ctx.url = `${ctx.path}?${await readForm(ctx.req)}`;
      ctx.method = 'GET';
    }
    const state = ctx.query['state'];
    if (state !== undefined && !/^[\x20-\x7e]+$/.test(String(state))) {
      return refuse('invalid_request', 'state has to be printable ASCII');
    }
    const cookie = ctx.cookies.get(`${profile.name}_session`);
    const session = cookie === undefined ? undefined : await provider.Session.find(cookie);
    if (!session?.accountId) return refuse('session_not_found', 'Det finnes ingen innlogging å avslutte.');
    await next();

    function refuse(error: string, description: string): void {
      ctx.status = 400;
      ctx.type = 'html';
      ctx.body = errorPage(profile.title, error, description);
    }
  };
}

async function readForm(request: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
