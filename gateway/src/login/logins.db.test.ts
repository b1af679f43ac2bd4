import { goldenFamilies } from '@ranselpost/infra/simulators/population/index';
import { CookieJar, signIn, walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { signOut } from '@ranselpost/infra/simulators/idporten/sign-out';
import { createActorSigner } from '@ranselpost/kit/actor-token';
import { type JWK, SignJWT, decodeJwt, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Surroundings,
  type TestGateway,
  replicaOf,
  startTestGateway,
  surroundings,
} from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type Simulators, startSimulators } from '../testing/simulators.ts';
import { type TestIdentity, identityResolvers, personIds, startIdentity } from '../testing/subgraphs.ts';

const mother = goldenFamilies.F1.mother.number;
const father = goldenFamilies.F1.father.number;
const teacher = 'glatt.krittavle@tingvika.example';

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let simulators: Simulators;
let port: number;

beforeAll(async () => {
  around = await surroundings();
  port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  simulators = await startSimulators(publicUrl);
  identity = await startIdentity({
    publicUrl,
    resolvers: identityResolvers,
    people: new Map([
      [mother, personIds.mother],
      [father, personIds.father],
      [teacher, personIds.teacher],
    ]),
  });
  gateway = await startTestGateway(around, port, { ...simulators.environment, IDENTITY_URL: identity.url });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([identity.stop(), simulators.stop()]);
  await around.close();
});

afterEach(async () => {
  await simulators.calm();
  identity.signIns.length = 0;
});

const at = (path: string): string => `${gateway.url}${path}`;
const guardian = (pid: string, jar?: CookieJar, query = '') =>
  walkSignIn({ startUrl: at(`/login/guardian${query}`), pid, ...(jar === undefined ? {} : { jar }) });
const secretIn = (jar: CookieJar): string | undefined => jar.get(at('/'), '__Host-session');
const get = (path: string, jar: CookieJar) =>
  fetch(at(path), { headers: { cookie: jar.header(at(path)) }, redirect: 'manual' });
const sessionOf = async (jar: CookieJar) => {
  const response = await get('/session', jar);
  return response.status === 200
    ? ((await response.json()) as { id: string; kind: string; level: string; expiresAt: string })
    : response.status;
};
const openSessions = async (): Promise<number> => {
  const [row] = await around.database.admin<{ count: string }[]>`select count(*) from session`;
  return Number(row!.count);
};

/** Walks to the issuer and back, but keeps the last step for the test: the address that the issuer sends back to. */
async function upToCallback(pid: string, jar = new CookieJar(), start = '/login/guardian'): Promise<URL> {
  const { pages } = await walkSignIn({ startUrl: at(start), pid, jar: stopping(jar) });
  const back = pages.map(({ location }) => location).find((location) => location?.includes('/callback/'));
  if (back === undefined) throw new Error('the issuer did not send anybody back');
  return new URL(back);
}

/** A browser whose login cookie is taken away on the way, so that the answer stays unused. */
function stopping(jar: CookieJar): CookieJar {
  const kept = new CookieJar();
  return Object.assign(Object.create(jar) as CookieJar, {
    store: (address: string | URL, lines: readonly string[]) => {
      const isOurs = String(address).startsWith(gateway.url);
      if (isOurs)
        jar.store(
          address,
          lines.filter((line) => !/^__Host-login=;/.test(line)),
        );
      else kept.store(address, lines);
    },
    header: (address: string | URL) =>
      String(address).startsWith(gateway.url)
        ? String(address).includes('/callback/')
          ? ''
          : jar.header(address)
        : kept.header(address),
  });
}

describe('a guardian who logs in', () => {
  test('gets a session that says who and how surely, and lands where they wanted to go', async () => {
    const { jar, pages } = await guardian(mother, undefined, '?return=/session');
    expect(new URL(pages.at(-1)!.url).pathname).toBe('/session');
    expect(await sessionOf(jar)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'guardian',
      level: 'substantial',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  test('is named to identity once, by a service, and their number lies nowhere in the database (S-10)', async () => {
    await guardian(mother);
    expect(identity.signIns).toEqual([
      { actor: { kind: 'service', name: 'gateway' }, body: { kind: 'guardian', number: mother } },
    ]);
    const tables = await around.database.admin<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'migration')`;
    for (const { name } of tables) {
      const rows = await around.database.admin.unsafe(`select t::text as row from ${name} t`);
      expect(JSON.stringify(rows)).not.toContain(mother);
    }
  });

  test('gets a cookie that no script, no other host and no other site can use', async () => {
    const { pages } = await guardian(mother);
    const callback = new URL(pages.find(({ url }) => url.includes('/callback/'))!.url);
    expect(callback.searchParams.get('iss')).toBe(simulators.urls.idporten);
    const jar = new CookieJar();
    const back = await upToCallback(mother, jar);
    const response = await get(`${back.pathname}${back.search}`, jar);
    const [login, browser, session] = response.headers.getSetCookie();
    expect(login).toMatch(/^__Host-login=;/);
    expect(browser).toMatch(
      /^__Host-browser=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(session).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('is known again at the same browser, of which nothing is kept but its kind (G21, ADR-11)', async () => {
    const jar = new CookieJar();
    const planted = 'Firefox/planted-version (X11; Linux planted-machine; planted-model)';
    const logIn = async (): Promise<unknown> => {
      const back = await upToCallback(mother, jar);
      const headers = { cookie: jar.header(back), 'user-agent': planted, 'x-forwarded-for': '198.51.100.7' };
      const response = await fetch(back, { headers, redirect: 'manual' });
      jar.store(back, response.headers.getSetCookie());
      const { sessions } = (await (await get('/sessions', jar)).json()) as { sessions: object[] };
      return sessions.find((session) => 'isCurrent' in session && session.isCurrent);
    };
    const browser = { name: 'FIREFOX', platform: 'LINUX' };
    expect(await logIn()).toMatchObject({ browser, isNewBrowser: true });
    expect(await logIn()).toMatchObject({ browser, isNewBrowser: false });
    const kept = await around.database.admin`select s::text, b::text from session s, known_browser b`;
    expect(JSON.stringify(kept)).not.toMatch(/planted|198\.51\.100/);
    expect(JSON.stringify(kept)).not.toContain(jar.get(at('/'), '__Host-browser'));
  });

  test('gets a new session id at every login, and the one before is dead (S-14)', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    const before = await openSessions();
    await guardian(mother, jar);
    expect(secretIn(jar)).not.toBe(first);
    expect(await openSessions()).toBe(before);
    const old = await fetch(at('/session'), { headers: { cookie: `__Host-session=${first}` } });
    expect(old.status).toBe(401);
  });

  test('cannot choose the session id beforehand (S-14)', async () => {
    const planted = 'A'.repeat(43);
    const jar = new CookieJar();
    jar.store(at('/'), [`__Host-session=${planted}; Path=/; Secure; HttpOnly`]);
    await guardian(mother, jar);
    expect(secretIn(jar)).not.toBe(planted);
    const old = await fetch(at('/session'), { headers: { cookie: `__Host-session=${planted}` } });
    expect(old.status).toBe(401);
  });

  test('is asked for the high level when that is wanted', async () => {
    const { jar } = await guardian(mother, undefined, '?level=high');
    expect(await sessionOf(jar)).toMatchObject({ level: 'high' });
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/%0d%0aset-cookie:x',
    'javascript:1',
  ])('is not sent to %s afterwards', async (wanted) => {
    const { pages } = await guardian(mother, undefined, `?return=${encodeURIComponent(wanted)}`);
    expect(new URL(pages.at(-1)!.url).origin).toBe(gateway.url);
  });
});

describe('a step-up', () => {
  test('of the same person raises the level under a new session id (S-14)', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    await guardian(mother, jar, '?level=high');
    expect(await sessionOf(jar)).toMatchObject({ kind: 'guardian', level: 'high' });
    expect(secretIn(jar)).not.toBe(first);
  });

  test('that comes back as another person ends the session and opens none (S-14)', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    await simulators.arm('idporten', { kind: 'swapped-pid', pid: father });
    const { callback } = await guardian(mother, jar, '?level=high');
    expect(callback?.status).toBe(403);
    expect(await sessionOf(jar)).toBe(401);
    const old = await fetch(at('/session'), { headers: { cookie: `__Host-session=${first}` } });
    expect(old.status).toBe(401);
  });

  test('that comes back with a lower level than asked for changes nothing', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    await simulators.arm('idporten', { kind: 'downgrade-acr' });
    const { callback } = await guardian(mother, jar, '?level=high');
    expect(callback?.status).toBe(403);
    expect(secretIn(jar)).toBe(first);
    expect(await sessionOf(jar)).toMatchObject({ level: 'substantial' });
  });
});

describe('a plain login of another person at the same browser', () => {
  test('ends the session of the one before (S-14)', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    await fetch(`${simulators.urls.idporten}/control/sessions`, { method: 'DELETE' });
    await guardian(father, jar);
    const old = await fetch(at('/session'), { headers: { cookie: `__Host-session=${first}` } });
    expect(old.status).toBe(401);
    expect(await sessionOf(jar)).toMatchObject({ kind: 'guardian' });
  });
});

describe('a login answer that does not fit (required test 10)', () => {
  test.each([
    'wrong-nonce',
    'wrong-aud',
    'wrong-iss',
    'expired-token',
    'wrong-signature',
    'wrong-response-iss',
    'wrong-state',
  ])('opens no session: %s', async (kind) => {
    await simulators.arm('idporten', { kind });
    const before = await openSessions();
    const { jar, callback } = await guardian(mother);
    expect(callback?.status).toBe(400);
    expect(callback?.body).not.toMatch(/nonce|aud|iss|token|signature|state/i);
    expect(secretIn(jar)).toBeUndefined();
    expect(await openSessions()).toBe(before);
    expect(identity.signIns).toEqual([]);
  });

  test('opens no session at a level that was never asked for', async () => {
    await simulators.arm('idporten', { kind: 'downgrade-acr' });
    const { jar, callback } = await guardian(mother);
    expect(callback?.status).toBe(403);
    expect(await sessionOf(jar)).toBe(401);
  });

  test('opens no session when the person goes back', async () => {
    await simulators.arm('idporten', { kind: 'aborted-login' });
    const { jar, callback } = await guardian(mother);
    expect(callback?.status).toBe(400);
    expect(callback?.body).toContain('avbrutt');
    expect(await sessionOf(jar)).toBe(401);
  });

  test('opens no session for a login over the border, and the page says why', async () => {
    const { jar, callback } = await guardian('eidas');
    expect(callback?.status).toBe(403);
    expect(callback?.body).toContain('norsk fødselsnummer');
    expect(await sessionOf(jar)).toBe(401);
    expect(identity.signIns).toEqual([]);
  });

  test('is taken once: the same address a second time opens nothing', async () => {
    const jar = new CookieJar();
    const back = await upToCallback(mother, jar);
    const cookie = jar.header(back);
    const again = () => fetch(back, { headers: { cookie }, redirect: 'manual' });
    expect((await again()).status).toBe(303);
    const second = await again();
    expect(second.status).toBe(400);
    expect(second.headers.getSetCookie().join()).not.toContain('__Host-session=');
  });

  test('is taken from the browser that began it, and from no other', async () => {
    const back = await upToCallback(mother);
    expect((await fetch(back, { redirect: 'manual' })).status).toBe(400);
    const other = new CookieJar();
    await upToCallback(father, other);
    const response = await fetch(back, { headers: { cookie: other.header(back) }, redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie().join()).not.toContain('__Host-session=');
  });

  test('of one login does not fit the code of another (PKCE, nonce)', async () => {
    const mine = new CookieJar();
    const [own, stolen] = [await upToCallback(mother, mine), await upToCallback(father)];
    own.searchParams.set('code', stolen.searchParams.get('code')!);
    const response = await fetch(own, { headers: { cookie: mine.header(own) }, redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(identity.signIns).toEqual([]);
  });

  test('of one issuer is not taken at the address of the other (mix-up)', async () => {
    const jar = new CookieJar();
    const back = await upToCallback(mother, jar);
    await simulators.arm('staff', { kind: 'error', endpoint: 'token' });
    const response = await fetch(at(`/callback/staff${back.search}`), {
      headers: { cookie: jar.header(back) },
      redirect: 'manual',
    });
    expect(response.status).toBe(400);
    // The other issuer was not shown the code: the fault that waits for it there still waits.
    const { armed } = (await (await fetch(`${simulators.urls.staff}/control/faults`)).json()) as {
      armed: unknown[];
    };
    expect(armed).toHaveLength(1);
  });

  test('that says the person went back is believed only with the state that was sent', async () => {
    const jar = new CookieJar();
    const back = await upToCallback(mother, jar);
    const forged = new URL(at('/callback/guardian?error=access_denied&state=guessed'));
    const response = await fetch(forged, { headers: { cookie: jar.header(back) }, redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('avbrutt');
  });

  test('must name its issuer', async () => {
    const jar = new CookieJar();
    const back = await upToCallback(mother, jar);
    back.searchParams.delete('iss');
    const response = await fetch(back, { headers: { cookie: jar.header(back) }, redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});

describe('a member of staff who logs in', () => {
  test('gets a session as staff', async () => {
    const jar = await signIn({ startUrl: at('/login/staff'), pid: 'staff.contactTeacher' });
    expect(await sessionOf(jar)).toMatchObject({ kind: 'staff', level: 'substantial' });
    expect(identity.signIns.map(({ body }) => body)).toEqual([{ kind: 'staff', login: teacher }]);
  });

  test('replaces the session they had as guardian: one capacity at a time (GUA-24)', async () => {
    const { jar } = await guardian(mother);
    const first = secretIn(jar);
    await signIn({ startUrl: at('/login/staff'), pid: 'staff.contactTeacher', jar });
    expect(await sessionOf(jar)).toMatchObject({ kind: 'staff' });
    const old = await fetch(at('/session'), { headers: { cookie: `__Host-session=${first}` } });
    expect(old.status).toBe(401);
  });

  const withOneFactor = { pid: 'staff.contactTeacher', acr: 'urn:mace:feide.no:auth:level:fad08:2' };

  test('needs two factors, is told so, and gets in with them from the same browser', async () => {
    const { jar, callback } = await walkSignIn({ startUrl: at('/login/staff'), ...withOneFactor });
    expect(callback?.status).toBe(403);
    expect(callback?.body).toContain('to faktorer');
    expect(callback?.body).toContain('href="/login/staff"');
    expect(await sessionOf(jar)).toBe(401);
    expect(identity.signIns).toEqual([]);
    await signIn({ startUrl: at('/login/staff'), pid: 'staff.contactTeacher', jar });
    expect(await sessionOf(jar)).toMatchObject({ kind: 'staff', level: 'substantial' });
  });

  test('keeps the session they have when they come back with one factor', async () => {
    const { jar } = await guardian(mother);
    await walkSignIn({ startUrl: at('/login/staff'), ...withOneFactor, jar });
    expect(await sessionOf(jar)).toMatchObject({ kind: 'guardian' });
  });

  test('is told when there is no higher level to step up to', async () => {
    const response = await fetch(at('/login/staff?level=high'), { redirect: 'manual' });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('ikke noe høyere');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('is refused when they are a pupil', async () => {
    const { jar, callback } = await walkSignIn({ startUrl: at('/login/staff'), pid: 'F1.older' });
    expect(callback?.status).toBe(403);
    expect(await sessionOf(jar)).toBe(401);
    expect(identity.signIns).toEqual([]);
  });

  test('is refused when identity does not know them', async () => {
    const { jar, callback } = await walkSignIn({ startUrl: at('/login/staff'), pid: 'staff.formerTeacher' });
    expect(identity.signIns).toHaveLength(1);
    expect(callback?.status).toBe(403);
    expect(await sessionOf(jar)).toBe(401);
  });
});

describe('a login while something is away', () => {
  test('says so when the issuer does not answer', async () => {
    await simulators.arm('idporten', { kind: 'error', endpoint: 'par', times: 1 });
    const response = await fetch(at('/login/guardian'), { redirect: 'manual' });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('prøv igjen');
  });
});

describe('logins begun too often from one address', () => {
  test('get 429, and the issuer is not asked', async () => {
    const few = await startTestGateway(around, await freePort(), {
      ...simulators.environment,
      ...replicaOf(gateway),
      RATE_LOGINS_PER_ADDRESS: '2',
    });
    const begin = () => fetch(`${few.url}/login/guardian`, { redirect: 'manual' });
    expect([(await begin()).status, (await begin()).status, (await begin()).status]).toEqual([303, 303, 429]);
    await few.stop();
  });
});

describe('logging out', () => {
  const logOut = (jar: CookieJar, headers: Record<string, string> = { origin: gateway.url }) =>
    fetch(at('/logout'), {
      method: 'POST',
      headers: { cookie: jar.header(at('/logout')), accept: 'application/json', ...headers },
    });

  test('ends our session first, then the issuer’s, without keeping an ID token for it', async () => {
    const { jar } = await guardian(mother);
    const response = await logOut(jar);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-session=;/);
    expect(await sessionOf(jar)).toBe(401);
    const { location } = (await response.json()) as { location: string };
    expect(location).not.toContain('id_token_hint');
    const { pages, frames } = await signOut(location, jar);
    expect(frames.map(({ status }) => status)).toEqual([200]);
    expect(pages.at(-1)?.url).toBe(at('/'));
    const again = await guardian('nobody', jar);
    expect(again.pages.some(({ body }) => body.includes('id="sign-in"'))).toBe(true);
  });

  test('is a redirect for a form', async () => {
    const { jar } = await guardian(mother);
    const response = await fetch(at('/logout'), {
      method: 'POST',
      headers: { cookie: jar.header(at('/logout')), origin: gateway.url },
      redirect: 'manual',
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain(simulators.urls.idporten);
  });

  test('is not for other sites to do', async () => {
    const { jar } = await guardian(mother);
    expect((await logOut(jar, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await logOut(jar, { origin: 'null' })).status).toBe(403);
    expect((await logOut(jar, {})).status).toBe(403);
    expect(await sessionOf(jar)).toMatchObject({ kind: 'guardian' });
  });
});

describe('front-channel logout (required test 10)', () => {
  test('ends the session by the issuer’s name for it, without a cookie', async () => {
    const { jar } = await guardian(mother);
    await fetch(`${simulators.urls.idporten}/control/front-channel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pid: mother }),
    });
    expect(await sessionOf(jar)).toBe(401);
  });

  test('answers the same for a session there is not, and twice', async () => {
    const url = new URL(at('/logout/front-channel'));
    url.search = String(new URLSearchParams({ iss: simulators.urls.idporten, sid: 'nobody' }));
    const [first, second] = [await fetch(url), await fetch(url)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await first.text()).toBe(await second.text());
  });

  test('may be framed by its issuer, and no other page may be framed at all', async () => {
    const url = new URL(at('/logout/front-channel'));
    url.search = String(new URLSearchParams({ iss: simulators.urls.idporten, sid: 'x' }));
    const logout = await fetch(url);
    expect(logout.headers.get('content-security-policy')).toBe(
      `default-src 'none'; frame-ancestors ${simulators.urls.idporten}`,
    );
    expect(logout.headers.get('x-frame-options')).toBeNull();
    const start = await fetch(at('/'));
    expect(start.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(start.headers.get('x-frame-options')).toBe('DENY');
  });

  test('of an issuer that is none of ours ends nothing', async () => {
    const { jar } = await guardian(mother);
    const [row] = await around.database.admin<{ issuer_session: string }[]>`
      select issuer_session from session order by created_at desc limit 1`;
    const url = new URL(at('/logout/front-channel'));
    for (const iss of ['https://evil.example', simulators.urls.staff, '']) {
      url.search = String(new URLSearchParams({ iss, sid: row!.issuer_session }));
      await fetch(url);
    }
    expect(await sessionOf(jar)).toMatchObject({ kind: 'guardian' });
  });
});

describe('a machine', () => {
  const ask = (authorization: string, more: Record<string, string> = {}) =>
    fetch(at('/graphql'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...more },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });

  test('asks with a Maskinporten token, and is known by client, organisation and our scopes (S-01)', async () => {
    const token = await simulators.machineToken('ranselpost:ranselpost/identity.read ks:fiks');
    const response = await ask(`Bearer ${token}`);
    expect(response.status).toBe(200);
    expect(identity.actors.at(-1)).toEqual({
      kind: 'machine',
      clientId: 'machine',
      organisation: '310001236',
      scopes: ['ranselpost:ranselpost/identity.read'],
    });
  });

  test('is taken with our own address as audience, and not with another’s', async () => {
    const ours = await simulators.machineToken('ranselpost:ranselpost/identity.read', gateway.url);
    expect((await ask(`Bearer ${ours}`)).status).toBe(200);
    const another = await simulators.machineToken(
      'ranselpost:ranselpost/identity.read',
      'https://other.example',
    );
    expect((await ask(`Bearer ${another}`)).status).toBe(401);
  });

  test('gets the same 401 whatever is wrong with its token, and with an actor token even of our own (S-13)', async () => {
    const token = await simulators.machineToken('ranselpost:ranselpost/identity.read');
    const [head, body, signature] = token.split('.') as [string, string, string];
    const claims = decodeJwt(token);
    const own = JSON.parse(gateway.environment['ACTOR_SIGNING_KEYS']!) as { keys: JWK[] };
    const signer = await createActorSigner(gateway.environment['PUBLIC_URL']!, own);
    const stranger = await generateKeyPair('RS256');
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const wrong = [
      await simulators.machineToken('ks:fiks'),
      `${encode({ alg: 'none' })}.${body}.`,
      `${encode({ alg: 'none' })}.${body}.${signature}`,
      `${head}.${encode({ ...claims, scope: 'ranselpost:ranselpost/all.write' })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -6)}AAAAAA`,
      await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256' }).sign(stranger.privateKey),
      await signer.sign({ kind: 'service', name: 'gateway' }, 'identity'),
      await signer.sign({ kind: 'service', name: 'gateway' }, gateway.environment['PUBLIC_URL']!),
      'not-a-token',
      '',
    ];
    const bodies = new Set<string>();
    for (const each of wrong) {
      const response = await ask(`Bearer ${each}`);
      expect(response.status).toBe(401);
      bodies.add(await response.text());
    }
    const none = await fetch(at('/graphql'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    bodies.add(await none.text());
    const { jar } = await guardian(mother);
    const both = await ask(`Bearer ${token}`, { cookie: jar.header(at('/graphql')), origin: gateway.url });
    expect(both.status).toBe(401);
    bodies.add(await both.text());
    const dead = await fetch(at('/graphql'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `__Host-session=${'B'.repeat(43)}` },
    });
    expect(dead.status).toBe(401);
    bodies.add(await dead.text());
    expect([...bodies]).toEqual([
      JSON.stringify({
        errors: [{ message: 'Sign in and try again.', extensions: { code: 'UNAUTHENTICATED' } }],
      }),
    ]);
  });
});
