import { setTimeout as pause } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RelyingParty } from '../oidc/relying-party.ts';
import { buildIssuer } from '../oidc/server.ts';
import type { Issuer } from '../oidc/server.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { buildPopulation, goldenFamilies } from '../population/index.ts';
import { open } from './browser.ts';
import { idportenProfile } from './profile.ts';
import { CookieJar, signIn, SignInFailed, walkSignIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const mother = goldenFamilies.F1.mother.number;
const father = goldenFamilies.F1.father.number;
const substantial = { acr_values: 'idporten-loa-substantial' };
const high = { acr_values: 'idporten-loa-high' };

let portal: RelyingParty;
let other: RelyingParty;
let issuer: string;
let idporten: Issuer;

beforeAll(async () => {
  [portal, other] = await Promise.all([RelyingParty.start('portal'), RelyingParty.start('other-service')]);
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  const population = buildPopulation({ children: 20, seed: 1 });
  idporten = await buildIssuer({
    profile: idportenProfile(population),
    population,
    issuer,
    clients: [portal.registration, other.registration],
  });
  await idporten.app.listen({ host: 'localhost', port });
  await Promise.all([portal.discover(issuer), other.discover(issuer)]);
});

afterAll(async () => {
  await Promise.all([idporten.app.close(), portal.stop(), other.stop()]);
});

afterEach(() => {
  idporten.faults.clear();
  portal.heard.length = 0;
  portal.returned.length = 0;
});

describe('a login at ID-porten', () => {
  test('goes by PAR, PKCE and private_key_jwt and tells number, level, method, session and language', async () => {
    await signIn({ startUrl: portal.loginUrl({ ...high, ui_locales: 'nn' }), pid: mother });
    const { claims, expiresIn } = portal.last();
    expect(claims).toMatchObject({
      iss: issuer,
      aud: 'portal',
      pid: mother,
      acr: 'idporten-loa-high',
      amr: ['BankID'],
      locale: 'nn',
      sid: expect.any(String),
      jti: expect.any(String),
      auth_time: expect.any(Number),
    });
    expect(claims?.['sub']).not.toBe(mother);
    expect(claims).not.toHaveProperty('at_hash');
    expect(expiresIn).toBe(120);
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(120);
  });

  test('takes a person by the name in the golden families, and chooses the level that is asked for', async () => {
    await signIn({ startUrl: portal.loginUrl(substantial), pid: 'F1.father' });
    expect(portal.last().claims).toMatchObject({
      pid: father,
      acr: 'idporten-loa-substantial',
      locale: 'nb',
    });
  });

  test('gives more than asked for when the person chooses a higher level', async () => {
    await signIn({ startUrl: portal.loginUrl(substantial), pid: mother, acr: 'idporten-loa-high' });
    expect(portal.last().claims).toMatchObject({ acr: 'idporten-loa-high' });
  });

  test('does not offer less than asked for', async () => {
    const wish = { startUrl: portal.loginUrl(high), pid: mother, acr: 'idporten-loa-substantial' };
    const { callback, pages } = await walkSignIn(wish);
    expect(callback).toBeUndefined();
    expect(pages.at(-1)).toMatchObject({ status: 422, body: expect.stringContaining('høyere nivå') });
  });

  test('knows a person by the D-number from before, and answers the number in use', async () => {
    await signIn({ startUrl: portal.loginUrl(substantial), pid: goldenFamilies.F10.formerNumber });
    expect(portal.last().claims).toMatchObject({ pid: goldenFamilies.F10.father.number });
  });

  test('gives two services different subjects for one person', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    await signIn({ startUrl: other.loginUrl(substantial), pid: mother, jar });
    expect(other.last().claims?.['pid']).toBe(mother);
    expect(other.last().claims?.['sub']).not.toBe(portal.last().claims?.['sub']);
  });

  test('from abroad has no national number, so nobody can be mistaken for a guardian', async () => {
    await signIn({ startUrl: portal.loginUrl(substantial), pid: 'eidas' });
    const { claims } = portal.last();
    expect(claims).toMatchObject({ eidas_identifier: 'SE/NO/8f2d41c6', eidas_firstname: 'KNUDRETE' });
    expect(claims).not.toHaveProperty('pid');
  });

  test('gives an access token that names person, level and customer, and opens userinfo', async () => {
    await signIn({ startUrl: portal.loginUrl(high), pid: mother });
    const { accessToken, claims } = portal.last();
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks.json`));
    const { payload } = await jwtVerify(accessToken, keys, { issuer, audience: 'unspecified' });
    expect(payload).toMatchObject({
      sub: claims?.['sub'],
      pid: mother,
      acr: 'idporten-loa-high',
      client_id: 'portal',
      client_amr: 'private_key_jwt',
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:310001236' },
      scope: 'openid profile',
    });
    const told = await client.fetchUserInfo(configured(), accessToken, String(claims?.['sub']));
    expect(told).toEqual({ sub: claims?.['sub'], pid: mother, locale: 'nb' });
    const forged = `${accessToken.slice(0, -6)}AAAAAA`;
    await expect(client.fetchUserInfo(configured(), forged, String(claims?.['sub']))).rejects.toThrow();
  });
});

describe('what ID-porten refuses', () => {
  const request = async (parameters: Record<string, string>) =>
    client.buildAuthorizationUrlWithPAR(configured(), {
      redirect_uri: `${portal.url}/callback`,
      scope: 'openid',
      state: 'abc',
      nonce: 'def',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      ...parameters,
    });

  test.each([
    ['a request without a state', { state: '' }, 'state'],
    ['a request without a nonce', { nonce: '' }, 'nonce'],
    ['another prompt than login', { prompt: 'consent' }, 'prompt'],
    ['the silent prompt', { prompt: 'none' }, 'prompt'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'code_challenge_method'],
    ['a redirect address that is not registered', { redirect_uri: 'http://localhost:1/' }, 'redirect_uri'],
  ])('%s', async (_what, parameters, word) => {
    const refusal = { error: 'invalid_request', error_description: expect.stringContaining(word) };
    await expect(request(parameters)).rejects.toMatchObject(refusal);
  });

  test('an authorization request that was not pushed', async () => {
    const complete = {
      client_id: 'portal',
      response_type: 'code',
      redirect_uri: `${portal.url}/callback`,
      scope: 'openid',
      state: 'abc',
      nonce: 'def',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    };
    const address = `${issuer}/authorize?${new URLSearchParams(complete).toString()}`;
    const response = await fetch(address, { redirect: 'manual' });
    const location = new URL(String(response.headers.get('location')));
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: 'invalid_request',
      iss: issuer,
    });
  });

  test('an assertion addressed to the PAR endpoint instead of the issuer', async () => {
    const authentication = client.PrivateKeyJwt(
      { key: portal.key.key, kid: portal.key.kid },
      { [client.modifyAssertion]: (_header, payload) => void (payload['aud'] = `${issuer}/par`) },
    );
    const configuration = new client.Configuration(
      configured().serverMetadata(),
      'portal',
      {},
      authentication,
    );
    client.allowInsecureRequests(configuration);
    const started = client.buildAuthorizationUrlWithPAR(configuration, { state: 'a', nonce: 'b' });
    await expect(started).rejects.toMatchObject({ error: 'invalid_client' });
  });

  test('an assertion signed with a key nobody registered', async () => {
    const authentication = client.PrivateKeyJwt({ key: other.key.key, kid: other.key.kid });
    const configuration = new client.Configuration(
      configured().serverMetadata(),
      'portal',
      {},
      authentication,
    );
    client.allowInsecureRequests(configuration);
    const started = client.buildAuthorizationUrlWithPAR(configuration, { state: 'a', nonce: 'b' });
    await expect(started).rejects.toMatchObject({ error: 'invalid_client' });
  });
});

describe('single sign-on at ID-porten', () => {
  test('lets a second login through without a page, and steps up when more is asked for', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const silent = await walkSignIn({ startUrl: portal.loginUrl(substantial), pid: 'nobody', jar });
    expect(silent.callback?.status).toBe(303);
    const stepUp = await walkSignIn({ startUrl: portal.loginUrl(high), pid: mother, jar });
    expect(stepUp.pages.some((page) => page.body.includes('id="sign-in"'))).toBe(true);
    expect(portal.last().claims).toMatchObject({ pid: mother, acr: 'idporten-loa-high' });
  });

  test('shows the page again for prompt=login, and keeps nothing of the person before (S-14)', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const first = portal.last().claims;
    await signIn({ startUrl: portal.loginUrl({ ...substantial, prompt: 'login' }), pid: father, jar });
    expect(portal.last().claims).toMatchObject({ pid: father });
    expect(portal.last().claims?.['sid']).not.toBe(first?.['sid']);
  });

  test.each([
    ['it has not been used for a while', { ssoIdle: 2 }, [2300]],
    ['it is too old, however often it is used', { ssoIdle: 3, ssoMaximum: 3 }, [1700, 1700]],
  ])('ends when %s', async (_why, limits, pauses) => {
    const port = await freePort();
    const population = buildPopulation({ children: 0, seed: 1 });
    const brief = await buildIssuer({
      profile: { ...idportenProfile(population), ...limits },
      population,
      issuer: `http://localhost:${port}`,
      clients: [other.registration],
    });
    await brief.app.listen({ host: 'localhost', port });
    await other.discover(`http://localhost:${port}`);
    const jar = await signIn({ startUrl: other.loginUrl(substantial), pid: mother });
    const seesPage = async () =>
      (await walkSignIn({ startUrl: other.loginUrl(substantial), pid: mother, jar })).pages.some((page) =>
        page.body.includes('id="sign-in"'),
      );
    expect(await seesPage()).toBe(false);
    for (const [index, ms] of pauses.entries()) {
      await pause(ms);
      expect(await seesPage()).toBe(index === pauses.length - 1);
    }
    await brief.app.close();
    await other.discover(issuer);
  });

  test('ends when the control API ends it', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const response = await fetch(`${issuer}/control/sessions?pid=${mother}`, { method: 'DELETE' });
    expect(await response.json()).toEqual({ ended: expect.any(Number) });
    const again = await walkSignIn({ startUrl: portal.loginUrl(substantial), pid: mother, jar });
    expect(again.pages.some((page) => page.body.includes('id="sign-in"'))).toBe(true);
  });
});

describe('logout at ID-porten', () => {
  test('tells every service of the session in a frame, without cookies, and sends the browser back with its state', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    await signIn({ startUrl: other.loginUrl(substantial), pid: mother, jar });
    const { claims, idToken, accessToken } = portal.last();
    const { frames } = await signOut(portal.logoutUrl(idToken), jar);
    expect(frames).toHaveLength(2);
    expect(Object.fromEntries(portal.heard[0]?.searchParams ?? [])).toEqual({
      iss: issuer,
      sid: claims?.['sid'],
    });
    expect(other.heard.at(-1)?.searchParams.get('sid')).toBe(other.last().claims?.['sid']);
    expect(portal.returned[0]?.searchParams.get('state')).toBe('back-again');
    await expect(client.fetchUserInfo(configured(), accessToken, String(claims?.['sub']))).rejects.toThrow();
    const again = await walkSignIn({ startUrl: portal.loginUrl(substantial), pid: mother, jar });
    expect(again.pages.some((page) => page.body.includes('id="sign-in"'))).toBe(true);
  });

  test('takes POST as well', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const form = {
      id_token_hint: String(portal.last().idToken),
      post_logout_redirect_uri: `${portal.url}/logged-out`,
    };
    const response = await fetch(`${issuer}/logout`, {
      method: 'POST',
      headers: { cookie: jar.header(`${issuer}/logout`) },
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`href="${portal.url}/logged-out"`);
  });

  test('shows an error where nobody is logged in, and does not send the browser back', async () => {
    const { pages } = await signOut(portal.logoutUrl(undefined), new CookieJar());
    expect(pages.at(-1)).toMatchObject({ status: 400, body: expect.stringContaining('session_not_found') });
    expect(portal.returned).toHaveLength(0);
  });

  test('refuses a state that is not plain ASCII', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const { pages } = await signOut(portal.logoutUrl(portal.last().idToken, 'blåbær'), jar);
    expect(pages.at(-1)?.status).toBe(400);
  });

  test('can be forced from the control API, which calls the services itself', async () => {
    await fetch(`${issuer}/control/sessions`, { method: 'DELETE' });
    await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    const { sid } = portal.last().claims as { sid: string };
    const response = await fetch(`${issuer}/control/front-channel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sid }),
    });
    const { notices } = (await response.json()) as { notices: { status: number }[] };
    expect(notices).toEqual([expect.objectContaining({ status: 200 })]);
    expect(portal.heard.at(-1)?.searchParams.get('sid')).toBe(sid);
    expect(idporten.sessions.list()).toEqual([]);
  });
});

describe('faults of ID-porten', () => {
  test('the person aborts, and the service hears access_denied with the issuer in the answer', async () => {
    idporten.faults.arm({ kind: 'aborted-login' });
    const { callback } = await walkSignIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    expect(portal.last().refusal).toBe('access_denied');
    expect(new URL(String(callback?.url)).searchParams.get('iss')).toBe(issuer);
    await expect(signIn({ startUrl: portal.loginUrl(substantial), pid: mother })).resolves.toBeInstanceOf(
      CookieJar,
    );
  });

  test('the page has a button that aborts', async () => {
    const { pages, jar } = await walkSignIn({ startUrl: portal.loginUrl(substantial), pid: 'nobody-here' });
    const page = pages.at(-1);
    expect(page).toMatchObject({ status: 422, body: expect.stringContaining('name="action" value="abort"') });
    const action = /action="([^"]*login)"/.exec(String(page?.body))?.[1];
    const fields = new URLSearchParams({ action: 'abort' });
    let next = await open(jar, `${issuer}${action}`, { fields, origin: issuer });
    while (next.location !== undefined) next = await open(jar, next.location);
    expect(portal.last().refusal).toBe('access_denied');
  });

  test.each([
    ['wrong-nonce', 'nonce'],
    ['wrong-aud', 'aud'],
    ['wrong-iss', 'iss'],
    ['expired-token', 'exp'],
    ['wrong-signature', 'signature'],
    ['wrong-response-iss', 'iss'],
    ['wrong-state', 'state'],
  ])('%s is noticed by a client that checks', async (kind, word) => {
    idporten.faults.arm({ kind });
    await expect(signIn({ startUrl: portal.loginUrl(substantial), pid: mother })).rejects.toThrow(
      SignInFailed,
    );
    expect(portal.last().refusal).toMatch(new RegExp(word, 'i'));
    expect(idporten.faults.list()).toEqual([]);
  });

  test('downgrade-acr gives less than was asked for', async () => {
    idporten.faults.arm({ kind: 'downgrade-acr' });
    await signIn({ startUrl: portal.loginUrl(high), pid: mother });
    expect(portal.last().claims).toMatchObject({ pid: mother, acr: 'idporten-loa-substantial' });
  });

  test('swapped-pid makes a step-up come back as another person (S-14)', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(substantial), pid: mother });
    await fetch(`${issuer}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'swapped-pid', pid: father }),
    });
    await signIn({ startUrl: portal.loginUrl(high), pid: mother, jar });
    expect(portal.last().claims).toMatchObject({ pid: father, acr: 'idporten-loa-high' });
  });

  test('an error page and latency strike the endpoint that is named, and run out', async () => {
    idporten.faults.arm({ kind: 'html', endpoint: 'jwks', status: 502 });
    idporten.faults.arm({ kind: 'latency', endpoint: 'jwks', ms: 60 });
    expect((await fetch(`${issuer}/.well-known/openid-configuration`)).status).toBe(200);
    const before = performance.now();
    const broken = await fetch(`${issuer}/jwks.json`);
    expect(broken.status).toBe(502);
    expect(broken.headers.get('content-type')).toContain('text/html');
    expect(performance.now() - before).toBeGreaterThan(55);
    expect((await fetch(`${issuer}/jwks.json`)).status).toBe(200);
  });

  test('an unknown fault is refused with the list of those that exist', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'rain' });
    const response = await fetch(`${issuer}/control/faults`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('swapped-pid') });
  });
});

describe('the people at ID-porten', () => {
  test('are found by family and by name, and children under 13 are not among them', async () => {
    const found = async (query: string) => {
      const response = await fetch(`${issuer}/control/logins?q=${encodeURIComponent(query)}`);
      return (await response.json()) as { people: { id: string }[]; total: number };
    };
    expect((await found('F1.')).people.map((person) => person.id).sort()).toEqual([father, mother].sort());
    expect((await found('krumkake')).total).toBeGreaterThan(0);
    expect((await found(goldenFamilies.F1.older.number)).total).toBe(0);
  });
});

function configured(): client.Configuration {
  if (!portal.configuration) throw new Error('the portal has not looked up the issuer');
  return portal.configuration;
}
