import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signIn, walkSignIn } from '../idporten/sign-in.ts';
import { signOut } from '../idporten/sign-out.ts';
import { RelyingParty } from '../oidc/relying-party.ts';
import type { Issuer } from '../oidc/server.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { buildPopulation, goldenFamilies, goldenStaff } from '../population/index.ts';
import { buildStaffIssuer } from './issuer.ts';

const teacher = 'glatt.krittavle@tingvika.example';
const principalName = 'https://n.feide.no/claims/eduPersonPrincipalName';
const affiliation = 'https://n.feide.no/claims/eduPersonPrimaryAffiliation';
const nationalNumber = 'https://n.feide.no/claims/nin';
const secondaryIds = 'https://n.feide.no/claims/userid_sec';

let portal: RelyingParty;
let issuer: string;
let staff: Issuer;

beforeAll(async () => {
  portal = await RelyingParty.start('portal');
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  const population = buildPopulation({ children: 20, seed: 1 });
  staff = await buildStaffIssuer({ population, issuer, clients: [portal.registration] });
  await staff.app.listen({ host: 'localhost', port });
  await portal.discover(issuer);
});

afterAll(async () => {
  await Promise.all([staff.app.close(), portal.stop()]);
});

afterEach(() => staff.faults.clear());

describe('a login at Feide', () => {
  test('names the person to the school and asserts two factors, and keeps the national number to itself', async () => {
    const scope = 'openid profile userid-feide';
    await signIn({ startUrl: portal.loginUrl({ scope }), pid: 'staff.contactTeacher' });
    const { claims, accessToken } = portal.last();
    expect(claims).toMatchObject({
      iss: issuer,
      [principalName]: teacher,
      [affiliation]: 'faculty',
      acr: 'urn:mace:feide.no:auth:level:fad08:3',
      amr: ['pwd', 'mfa'],
      sid: expect.any(String),
    });
    expect(claims).not.toHaveProperty([nationalNumber]);
    const told = await userinfo(accessToken, claims);
    expect(told).toMatchObject({
      [principalName]: teacher,
      [secondaryIds]: [`feide:${teacher}`],
      name: 'GLATT KRITTAVLE',
    });
    expect(told).not.toHaveProperty([nationalNumber]);
  });

  test('tells the national number to those who ask for it, in userinfo', async () => {
    const startUrl = portal.loginUrl({ scope: 'openid userid-nin' });
    await signIn({ startUrl, pid: goldenStaff.contactTeacher.number });
    const { claims, accessToken } = portal.last();
    expect(claims).not.toHaveProperty([nationalNumber]);
    expect(await userinfo(accessToken, claims)).toMatchObject({
      [nationalNumber]: goldenStaff.contactTeacher.number,
    });
  });

  test('gives a teacher who is also a father the same name and subject every time (F11)', async () => {
    await signIn({ startUrl: portal.loginUrl(), pid: 'fiffig.sjakkbrett@tingvika.example' });
    const first = portal.last().claims;
    await signIn({ startUrl: portal.loginUrl(), pid: goldenFamilies.F11.father.number });
    expect(portal.last().claims?.['sub']).toBe(first?.['sub']);
    expect(first?.['sub']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('lets pupils in as what they are, so that a service can refuse them', async () => {
    await signIn({ startUrl: portal.loginUrl(), pid: 'F1.older' });
    expect(portal.last().claims).toMatchObject({ [affiliation]: 'student' });
  });

  test('does not know guardians who do not work here', async () => {
    await expect(signIn({ startUrl: portal.loginUrl(), pid: 'F1.mother' })).rejects.toThrow();
  });

  const oneFactor = { acr: 'urn:mace:feide.no:auth:level:fad08:2', amr: ['pwd'] };

  test('can be spoiled: one factor only', async () => {
    staff.faults.arm({ kind: 'downgrade-acr' });
    await signIn({ startUrl: portal.loginUrl(), pid: teacher });
    expect(portal.last().claims).toMatchObject(oneFactor);
  });

  test('is asserted with one factor where a person has no more, and asked for anew by whoever wants two', async () => {
    const wish = { acr_values: 'urn:mace:feide.no:auth:level:fad08:3' };
    const jar = await signIn({ startUrl: portal.loginUrl(wish), pid: teacher, acr: oneFactor.acr });
    expect(portal.last().claims).toMatchObject(oneFactor);
    await signIn({ startUrl: portal.loginUrl(wish), pid: teacher, jar });
    expect(portal.last().claims).toMatchObject({ acr: wish.acr_values, amr: ['pwd', 'mfa'] });
  });

  test.each([{ prompt: 'login' }, { max_age: '0' }, { max_age: '60' }])(
    'goes by itself in an open session, and asks anew where a service wants a proof of now: %o',
    async (proof) => {
      const jar = await signIn({ startUrl: portal.loginUrl(), pid: teacher });
      const seesPage = async (wish: Record<string, string>) =>
        (await walkSignIn({ startUrl: portal.loginUrl(wish), pid: teacher, jar })).pages.some((page) =>
          page.body.includes('id="sign-in"'),
        );
      expect(await seesPage({})).toBe(false);
      expect(await seesPage({ max_age: '3600' })).toBe(false);
      await setBack(teacher, 3600);
      expect(await seesPage({})).toBe(false);
      expect(provedSecondsAgo()).toBeGreaterThanOrEqual(3600);
      expect(await seesPage(proof)).toBe(true);
      expect(provedSecondsAgo()).toBeLessThan(3600);
    },
  );

  const provedSecondsAgo = () => Date.now() / 1000 - Number(portal.last().claims?.['auth_time']);
  const setBack = (pid: string, seconds: number) =>
    fetch(`${issuer}/control/sessions/age`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pid, seconds }),
    });

  test('ends at logout, and the service hears of it', async () => {
    const jar = await signIn({ startUrl: portal.loginUrl(), pid: teacher });
    const { claims, idToken } = portal.last();
    await signOut(portal.logoutUrl(idToken), jar);
    expect(portal.heard.at(-1)?.searchParams.get('sid')).toBe(claims?.['sid']);
    expect(portal.returned).toHaveLength(1);
  });
});

describe('the groups of a person at Feide', () => {
  const groupsOf = async (pid: string, scope = 'openid groups-edu groups-org') => {
    await signIn({ startUrl: portal.loginUrl({ scope }), pid });
    const headers = { authorization: `Bearer ${portal.last().accessToken}` };
    const response = await fetch(`${issuer}/groups/me/groups`, { headers });
    return (await response.json()) as {
      type: string;
      displayName: string;
      membership: Record<string, unknown>;
    }[];
  };

  test('are the school and the class of a contact teacher, who is admin of it', async () => {
    const groups = await groupsOf(teacher);
    expect(groups).toEqual([
      expect.objectContaining({
        id: 'fc:org:tingvika.example:unit:NO310004561',
        membership: expect.objectContaining({ primaryAffiliation: 'faculty' }),
      }),
      expect.objectContaining({
        type: 'fc:gogroup',
        displayName: '3A',
        membership: { basic: 'admin', affiliation: 'faculty', displayName: 'Lærer' },
      }),
    ]);
  });

  test('say that a pupil is a student', async () => {
    const [school] = await groupsOf('F1.older');
    expect(school?.membership).toMatchObject({ primaryAffiliation: 'student' });
  });

  test('are empty for a teacher who has left, and follow the scopes that were asked for', async () => {
    expect(await groupsOf('staff.formerTeacher')).toEqual([]);
    expect((await groupsOf(teacher, 'openid groups-org')).map(({ type }) => type)).toEqual(['fc:org']);
  });

  test('are not for those without a token, nor with one from before a logout', async () => {
    expect((await fetch(`${issuer}/groups/me/groups`)).status).toBe(401);
    const jar = await signIn({ startUrl: portal.loginUrl(), pid: teacher });
    const { idToken, accessToken } = portal.last();
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await fetch(`${issuer}/groups/me/groups`, { headers })).status).toBe(200);
    await signOut(portal.logoutUrl(idToken), jar);
    expect((await fetch(`${issuer}/groups/me/groups`, { headers })).status).toBe(401);
  });
});

describe('the people at Feide', () => {
  test('are found by unit, role and class', async () => {
    const found = async (query: string) => {
      const response = await fetch(`${issuer}/control/logins?q=${encodeURIComponent(query)}`);
      return ((await response.json()) as { people: { id: string }[] }).people.map(({ id }) => id);
    };
    expect(await found('paraplyen kontaktlærer 3A')).toEqual([teacher]);
    expect(await found('paraplyen rektor')).toEqual(['bulket.flaggstang@tingvika.example']);
  });
});

function userinfo(accessToken: string, claims: Readonly<Record<string, unknown>> | undefined) {
  if (!portal.configuration) throw new Error('the portal has not looked up the issuer');
  return client.fetchUserInfo(portal.configuration, accessToken, String(claims?.['sub']));
}
