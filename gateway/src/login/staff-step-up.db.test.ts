import { type CookieJar, signIn, walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Surroundings, type TestGateway, startTestGateway, surroundings } from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type Simulators, startSimulators } from '../testing/simulators.ts';
import { type TestIdentity, identityResolvers, personIds, startIdentity } from '../testing/subgraphs.ts';

const teacher = 'glatt.krittavle@tingvika.example';
const substantial = 'urn:mace:feide.no:auth:level:fad08:2';
const high = 'urn:mace:feide.no:auth:level:fad08:3';

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let simulators: Simulators;

/** An issuer of staff logins with a level above two factors: here the words of the simulated one, each a step higher. */
beforeAll(async () => {
  around = await surroundings();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  simulators = await startSimulators(publicUrl);
  identity = await startIdentity({
    publicUrl,
    resolvers: identityResolvers,
    people: new Map([
      [teacher, personIds.teacher],
      ['bulket.flaggstang@tingvika.example', personIds.father],
    ]),
  });
  gateway = await startTestGateway(around, port, {
    ...simulators.environment,
    IDENTITY_URL: identity.url,
    STAFF_ACR_SUBSTANTIAL: substantial,
    STAFF_ACR_HIGH: high,
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([identity.stop(), simulators.stop()]);
  await around.close();
});

const at = (path: string): string => `${gateway.url}${path}`;
const sessionOf = async (secret: string | undefined) => {
  const response = await fetch(at('/session'), { headers: { cookie: `__Host-session=${secret}` } });
  return response.status === 200 ? ((await response.json()) as object) : response.status;
};
const secretIn = (jar: CookieJar): string | undefined => jar.get(at('/'), '__Host-session');
const logIn = (acr: string) => signIn({ startUrl: at('/login/staff'), pid: teacher, acr });
const stepUp = (jar: CookieJar, pid: string, acr: string) =>
  walkSignIn({ startUrl: at('/login/staff?level=high'), pid, acr, jar });

describe('a step-up of staff (G19)', () => {
  test('raises the level to what the issuer asserted, under a new session id (S-14)', async () => {
    const jar = await logIn(substantial);
    const first = secretIn(jar);
    expect(await sessionOf(first)).toMatchObject({ kind: 'staff', level: 'substantial' });
    await stepUp(jar, teacher, high);
    expect(await sessionOf(secretIn(jar))).toMatchObject({ kind: 'staff', level: 'high' });
    expect(await sessionOf(first)).toBe(401);
  });

  test('that comes back with less than was asked for changes nothing, and the page leads to the same again', async () => {
    const jar = await logIn(substantial);
    const first = secretIn(jar);
    const { callback } = await stepUp(jar, teacher, substantial);
    expect(callback?.status).toBe(403);
    expect(callback?.body).toContain('href="/login/staff?level=high"');
    expect(secretIn(jar)).toBe(first);
    expect(await sessionOf(first)).toMatchObject({ level: 'substantial' });
  });

  test('that comes back as somebody else ends the session and opens none (S-14)', async () => {
    const jar = await logIn(substantial);
    const first = secretIn(jar);
    const { callback } = await stepUp(jar, 'bulket.flaggstang@tingvika.example', high);
    expect(callback?.status).toBe(403);
    expect(secretIn(jar)).toBeUndefined();
    expect(await sessionOf(first)).toBe(401);
  });
});
