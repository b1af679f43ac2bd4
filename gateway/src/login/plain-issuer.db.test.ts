import { CookieJar, walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { formsOf, open } from '@ranselpost/infra/simulators/idporten/browser';
import {
  type PlainClient,
  type PlainIssuer,
  type PlainPerson,
  startPlainIssuer,
} from '@ranselpost/infra/simulators/oidc/plain-issuer';
import { goldenFamilies } from '@ranselpost/infra/simulators/population/index';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Surroundings,
  type TestGateway,
  privateJwk,
  startTestGateway,
  surroundings,
} from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type TestIdentity, identityResolvers, personIds, startIdentity } from '../testing/subgraphs.ts';

const principalName = 'https://n.feide.no/claims/eduPersonPrincipalName';
const twoFactors = 'urn:mace:feide.no:auth:level:fad08:3';
const guardian = (pid: string, acr = 'idporten-loa-substantial'): PlainPerson => ({
  ...{ id: `account-${pid}-${acr}`, acr, amr: ['BankID'] },
  claims: { pid },
});
const mother = goldenFamilies.F1.mother.number;
const father = goldenFamilies.F1.father.number;
const teacher = {
  ...{ id: 'account-teacher', acr: twoFactors, amr: ['pwd', 'mfa'] },
  claims: { [principalName]: 'glatt.krittavle@tingvika.example' },
};

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let issuer: PlainIssuer;

beforeAll(async () => {
  around = await surroundings();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const key = await privateJwk('RS256', 'gateway');
  const client = (clientId: string): PlainClient => ({
    clientId,
    redirectUri: `${publicUrl}/callback/${clientId}`,
    postLogoutRedirectUri: `${publicUrl}/`,
    backchannelLogoutUri: `${publicUrl}/logout/back-channel`,
    credential: { jwks: { keys: [key.publicJwk] } },
  });
  issuer = await startPlainIssuer({
    clients: [client('guardian'), client('staff')],
    acrValues: ['idporten-loa-substantial', 'idporten-loa-high', twoFactors],
    claims: ['pid', principalName],
    takesPushes: true,
  });
  identity = await startIdentity({
    publicUrl,
    resolvers: identityResolvers,
    people: new Map([
      [mother, personIds.mother],
      [father, personIds.father],
      ['glatt.krittavle@tingvika.example', personIds.teacher],
      ['bulket.flaggstang@tingvika.example', personIds.father],
    ]),
  });
  const privateKey = JSON.stringify(key.privateJwk);
  gateway = await startTestGateway(around, port, {
    IDENTITY_URL: identity.url,
    ...{ IDPORTEN_ISSUER: issuer.url, IDPORTEN_CLIENT_ID: 'guardian', IDPORTEN_KEY: privateKey },
    ...{ STAFF_ISSUER: issuer.url, STAFF_CLIENT_ID: 'staff', STAFF_KEY: privateKey },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([identity.stop(), issuer.stop()]);
  await around.close();
});

afterEach(() => {
  issuer.deliverNotices(true);
  issuer.notices.length = 0;
  identity.signIns.length = 0;
});

const at = (path: string): string => `${gateway.url}${path}`;
const secretIn = (jar: CookieJar): string | undefined => jar.get(at('/'), '__Host-session');
const sessionOf = async (secret: string | undefined) => {
  const response = await fetch(at('/session'), { headers: { cookie: `__Host-session=${secret}` } });
  return response.status === 200 ? ((await response.json()) as object) : response.status;
};
const logIn = (person: PlainPerson, path = '/login/guardian', jar = new CookieJar()) => {
  issuer.logInAs(person);
  return walkSignIn({ startUrl: at(path), pid: '', jar });
};

/** Walks until the issuer sends the browser back, and no further. */
async function upToCallback(person: PlainPerson, jar: CookieJar): Promise<URL> {
  issuer.logInAs(person);
  let next = at('/login/guardian');
  for (let step = 0; step < 10; step += 1) {
    const { location } = await open(jar, next);
    if (location === undefined) break;
    if (location.includes('/callback/')) return new URL(location);
    next = location;
  }
  throw new Error('the issuer did not send anybody back');
}

describe('a login at an issuer that is none of ours (required test 10)', () => {
  test('opens a session as guardian and as staff, at the level that is asserted', async () => {
    const first = await logIn(guardian(mother, 'idporten-loa-high'));
    expect(await sessionOf(secretIn(first.jar))).toMatchObject({ kind: 'guardian', level: 'high' });
    const second = await logIn(teacher, '/login/staff');
    expect(await sessionOf(secretIn(second.jar))).toMatchObject({ kind: 'staff', level: 'substantial' });
    expect(identity.signIns.map(({ body }) => body)).toEqual([
      { kind: 'guardian', number: mother },
      { kind: 'staff', login: 'glatt.krittavle@tingvika.example' },
    ]);
  });

  test.each(['state', 'iss', 'code'])('opens none when its %s is another', async (name) => {
    const jar = new CookieJar();
    const back = await upToCallback(guardian(mother), jar);
    back.searchParams.set(name, name === 'iss' ? 'https://issuer.invalid' : 'another');
    const page = await open(jar, back.href);
    expect(page.status).toBe(400);
    expect(secretIn(jar)).toBeUndefined();
  });

  test('opens none with the code of another login: PKCE and nonce bind it to one browser', async () => {
    const [mine, theirs] = [new CookieJar(), new CookieJar()];
    const own = await upToCallback(guardian(mother), mine);
    const stolen = await upToCallback(guardian(father), theirs);
    own.searchParams.set('code', stolen.searchParams.get('code')!);
    expect((await open(mine, own.href)).status).toBe(400);
    expect(secretIn(mine)).toBeUndefined();
    expect(identity.signIns).toEqual([]);
  });

  test('opens none with a code that the issuer gave to another client (mix-up)', async () => {
    const [mine, theirs] = [new CookieJar(), new CookieJar()];
    const own = await upToCallback(guardian(mother), mine);
    issuer.logInAs(teacher);
    let next: string | undefined = at('/login/staff');
    while (next !== undefined && !next.includes('/callback/')) next = (await open(theirs, next)).location;
    own.searchParams.set('code', new URL(next!).searchParams.get('code')!);
    expect((await open(mine, own.href)).status).toBe(400);
    expect(secretIn(mine)).toBeUndefined();
  });

  test('opens none when an old session there is at a lower level than is asked for', async () => {
    const { jar } = await logIn(guardian(mother));
    const first = secretIn(jar);
    // The issuer takes the level for a wish, and answers from its open session at once.
    const { callback } = await logIn(
      guardian(mother, 'idporten-loa-high'),
      '/login/guardian?level=high',
      jar,
    );
    expect(callback?.status).toBe(403);
    expect(secretIn(jar)).toBe(first);
    expect(await sessionOf(first)).toMatchObject({ level: 'substantial' });
    const low = await logIn(guardian(mother, 'idporten-loa-low'));
    expect(low.callback?.status).toBe(403);
    expect(secretIn(low.jar)).toBeUndefined();
  });

  test('as somebody else at a step-up ends the session and opens none (S-14)', async () => {
    const { jar } = await logIn(guardian(mother));
    const first = secretIn(jar);
    jar.store(issuer.url, ['plain=; Path=/; Max-Age=0', 'plain.sig=; Path=/; Max-Age=0']);
    const { callback } = await logIn(
      guardian(father, 'idporten-loa-high'),
      '/login/guardian?level=high',
      jar,
    );
    expect(callback?.status).toBe(403);
    expect(await sessionOf(first)).toBe(401);
    expect(secretIn(jar)).toBeUndefined();
  });

  test('opens none for staff with one factor', async () => {
    const { jar, callback } = await logIn(
      { ...teacher, id: 'account-one-factor', acr: 'urn:mace:feide.no:auth:level:fad08:2' },
      '/login/staff',
    );
    expect(callback?.status).toBe(403);
    expect(secretIn(jar)).toBeUndefined();
  });
});

describe('a login for what wants one of now (T16)', () => {
  const isFresh = async (jar: CookieJar) => (await gateway.sessions.find(secretIn(jar)))?.isFresh;
  const wayTo = ({ pages }: { pages: readonly { location?: string | undefined }[] }) =>
    pages.map(({ location }) => location ?? '').join(' ');

  test('is not what the issuer answers at once from its session of the morning', async () => {
    const { jar } = await logIn({ ...teacher, provedSecondsAgo: 3600 }, '/login/staff');
    const first = secretIn(jar);
    const again = await logIn(teacher, '/login/staff', jar);
    expect(wayTo(again)).not.toContain('/interaction/');
    expect(secretIn(jar)).not.toBe(first);
    expect(await isFresh(jar)).toBe(false);
  });

  test('asks the person anew, and is fresh', async () => {
    const { jar } = await logIn({ ...teacher, provedSecondsAgo: 3600 }, '/login/staff');
    const anew = await logIn(teacher, '/login/staff?fresh=true', jar);
    expect(wayTo(anew)).toContain('/interaction/');
    expect(anew.callback?.status).toBe(303);
    expect(await isFresh(jar)).toBe(true);
  });

  test('is refused where the issuer answers with an older proof, and leaves the session as it is', async () => {
    const before = { ...teacher, provedSecondsAgo: 3600 };
    const { jar } = await logIn(before, '/login/staff');
    const first = secretIn(jar);
    const { callback } = await logIn(before, '/login/staff?fresh=true', jar);
    expect(callback?.status).toBe(403);
    expect(callback?.body).toContain('href="/login/staff?fresh=true"');
    expect(secretIn(jar)).toBe(first);
    expect(await isFresh(jar)).toBe(false);
  });

  test('that comes back as somebody else ends the session and opens none (S-14)', async () => {
    const { jar } = await logIn(teacher, '/login/staff');
    const first = secretIn(jar);
    const colleague = {
      ...{ ...teacher, id: 'account-leader' },
      claims: { [principalName]: 'bulket.flaggstang@tingvika.example' },
    };
    const { callback } = await logIn(colleague, '/login/staff?fresh=true', jar);
    expect(callback?.status).toBe(403);
    expect(await sessionOf(first)).toBe(401);
    expect(secretIn(jar)).toBeUndefined();
  });
});

describe('an issuer of staff logins that takes no pushed requests and knows us by a secret, as Feide does', () => {
  const secret = 'a-secret-that-the-issuer-gave-us';
  let feide: PlainIssuer;
  let behind: TestGateway;
  let knowing: TestIdentity;

  beforeAll(async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const client: PlainClient = {
      clientId: 'staff',
      redirectUri: `${publicUrl}/callback/staff`,
      postLogoutRedirectUri: `${publicUrl}/`,
      backchannelLogoutUri: `${publicUrl}/logout/back-channel`,
      credential: { secret },
    };
    feide = await startPlainIssuer({
      clients: [client, { ...client, clientId: 'guardian', redirectUri: `${publicUrl}/callback/guardian` }],
      acrValues: [twoFactors],
      claims: [principalName],
      takesPushes: false,
    });
    knowing = await startIdentity({
      publicUrl,
      resolvers: identityResolvers,
      people: new Map([[teacher.claims[principalName], personIds.teacher]]),
    });
    const { IDPORTEN_KEY } = gateway.environment;
    behind = await startTestGateway(around, port, {
      IDENTITY_URL: knowing.url,
      ...{ STAFF_ISSUER: feide.url, STAFF_CLIENT_ID: 'staff', STAFF_KEY: '', STAFF_SECRET: secret },
      ...{ IDPORTEN_ISSUER: feide.url, IDPORTEN_CLIENT_ID: 'guardian', IDPORTEN_KEY: IDPORTEN_KEY! },
    });
  });
  afterAll(async () => {
    await behind.stop();
    await Promise.all([feide.stop(), knowing.stop()]);
  });

  test('is asked through the browser, with nothing there that opens anything', async () => {
    feide.logInAs(teacher);
    const jar = new CookieJar();
    const { location } = await open(jar, `${behind.url}/login/staff`);
    const asked = new URL(location!).searchParams;
    expect(asked.get('acr_values')).toBe(twoFactors);
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(location).not.toMatch(/verifier|secret/);
    const { callback } = await walkSignIn({ startUrl: `${behind.url}/login/staff`, pid: '', jar });
    expect(callback?.status).toBe(303);
    const session = await fetch(`${behind.url}/session`, {
      headers: { cookie: jar.header(behind.url) },
    });
    expect(await session.json()).toMatchObject({ kind: 'staff', level: 'substantial' });
  });

  test('is none for guardians: what is wanted of ID-porten is told in the back or not at all', async () => {
    const response = await fetch(`${behind.url}/login/guardian`, { redirect: 'manual' });
    expect(response.status).toBe(503);
  });
});

describe('a logout at the issuer', () => {
  /** Logs out there as a person does: at the issuer's own address, and yes, really. */
  async function logOutAtIssuer(jar: CookieJar): Promise<void> {
    const page = await open(jar, `${issuer.url}/session/end`);
    const [form] = formsOf(page);
    const fields = new URLSearchParams({ ...form!.fields, logout: 'yes' });
    await open(jar, form!.action, { fields, origin: issuer.url });
  }

  const tell = (token: string, more: RequestInit = {}) =>
    fetch(at('/logout/back-channel'), {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
      ...more,
    });

  test('that is told once ends our session, and nobody else’s', async () => {
    const { jar } = await logIn(guardian(mother));
    const bystander = await logIn(guardian(father));
    await logOutAtIssuer(jar);
    expect(issuer.notices).toHaveLength(1);
    await eventually(async () => expect(await sessionOf(secretIn(jar))).toBe(401));
    expect(await sessionOf(secretIn(bystander.jar))).toMatchObject({ kind: 'guardian' });
  });

  test('that is told twice changes nothing more, and gets the same answer', async () => {
    const { jar } = await logIn(guardian(mother));
    await logOutAtIssuer(jar);
    const again = await logIn(guardian(mother), '/login/guardian', jar);
    const answers = [await tell(issuer.notices[0]!), await tell(issuer.notices[0]!)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '']);
    expect(answers[0]!.headers.get('cache-control')).toBe('no-store');
    expect(await sessionOf(secretIn(again.jar))).toMatchObject({ kind: 'guardian' });
  });

  test('that is never told leaves a session that ends by its own time', async () => {
    issuer.deliverNotices(false);
    const { jar } = await logIn(guardian(mother));
    await logOutAtIssuer(jar);
    expect(await sessionOf(secretIn(jar))).toMatchObject({ kind: 'guardian' });
    await around.database.admin`update session set last_used_at = now() - interval '31 minutes'`;
    expect(await sessionOf(secretIn(jar))).toBe(401);
  });

  describe('that is forged', () => {
    let jar: CookieJar;
    let genuine: Record<string, unknown>;

    beforeAll(async () => {
      issuer.deliverNotices(false);
      ({ jar } = await logIn(guardian(mother)));
      await logOutAtIssuer(jar);
      genuine = decodeJwt(issuer.notices[0]!);
    });

    const now = (): number => Math.floor(Date.now() / 1000);
    const sign = (claims: Record<string, unknown>, key = issuer.key) =>
      new SignJWT({ ...genuine, iat: now(), exp: now() + 60, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: issuer.kid, typ: 'logout+jwt' })
        .sign(key);

    test.each<[string, Record<string, unknown>]>([
      ['for another client', { aud: 'another' }],
      ['for the other client of ours', { aud: 'staff' }],
      ['by another issuer', { iss: 'https://issuer.invalid' }],
      ['without the event', { events: undefined }],
      ['with another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
      ['with a nonce, as ID tokens have', { nonce: 'nonce' }],
      ['that names no session', { sid: undefined }],
      ['that names a session by a number', { sid: 1 }],
      ['without an id', { jti: undefined }],
      ['that is over', { iat: now() - 90, exp: now() - 30 }],
      ['that is old', { iat: now() - 600, exp: now() + 60 }],
      ['that never ends', { exp: undefined }],
    ])('%s ends nothing', async (_what, claims) => {
      const response = await tell(await sign(claims));
      expect(response.status).toBe(400);
      expect(await response.text()).toBe(
        JSON.stringify({
          errors: [
            {
              message: 'The request could not be understood. Check it against the schema.',
              extensions: { code: 'BAD_USER_INPUT' },
            },
          ],
        }),
      );
      expect(await sessionOf(secretIn(jar))).toMatchObject({ kind: 'guardian' });
    });

    test('with another key, with none, or not as a form ends nothing', async () => {
      const { privateKey } = await generateKeyPair('RS256');
      const unsigned = new UnsecuredJWT({ ...genuine, exp: now() + 60 }).encode();
      for (const token of [await sign({}, privateKey), unsigned, 'no-token', ''])
        expect((await tell(token)).status).toBe(400);
      const body = JSON.stringify({ logout_token: await sign({}) });
      const asJson = await tell('', { body, headers: { 'content-type': 'application/json' } });
      expect(asJson.status).toBe(400);
      expect((await tell('', { body: await sign({}) })).status).toBe(415);
      expect((await fetch(`${at('/logout/back-channel')}?logout_token=${await sign({})}`)).status).toBe(404);
      expect(await sessionOf(secretIn(jar))).toMatchObject({ kind: 'guardian' });
    });

    test('is told from the genuine one, which ends it', async () => {
      expect((await tell(await sign({}))).status).toBe(200);
      expect(await sessionOf(secretIn(jar))).toBe(401);
    });
  });
});
