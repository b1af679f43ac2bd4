import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoginKind, OwnSession } from '../domain/session.ts';
import { newSecret } from '../secret.ts';
import {
  type Surroundings,
  type TestGateway,
  replicaOf,
  startTestGateway,
  surroundings,
} from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';

let around: Surroundings;
let one: TestGateway;
let other: TestGateway;

beforeAll(async () => {
  around = await surroundings();
  one = await startTestGateway(around, await freePort());
  other = await startTestGateway(around, await freePort(), replicaOf(one));
});
afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await around.close();
});

/** Signs somebody in from a browser; answers the value of a `cookie` header. */
async function signIn(
  personId: string,
  { kind = 'guardian', browser = newSecret() }: { kind?: LoginKind; browser?: string } = {},
): Promise<string> {
  const who = { kind, personId, level: 'substantial', issuer: 'issuer', issuerSession: null } as const;
  const from = { name: 'SAFARI', platform: 'IOS' } as const;
  return `__Host-session=${await one.sessions.open({ ...who, authTime: new Date(), browser: from }, { session: undefined, browser, isShared: false })}`;
}

type Listed = OwnSession & { readonly isCurrent: boolean };

const ask = (path: string, cookie: string, init: RequestInit = {}) =>
  fetch(`${one.url}${path}`, { headers: { cookie }, ...init });
const listOf = async (cookie: string): Promise<readonly Listed[]> => {
  const response = await ask('/sessions', cookie);
  expect(response.status).toBe(200);
  return ((await response.json()) as { sessions: Listed[] }).sessions;
};
const end = (path: string, cookie: string, origin = one.environment['PUBLIC_URL']!) =>
  ask(path, cookie, { method: 'DELETE', headers: { cookie, origin } });
const isLiving = async (cookie: string): Promise<boolean> => (await ask('/session', cookie)).status === 200;

/** All that a caller can tell apart, without what differs between any two answers. */
async function rawOf(response: Response): Promise<object> {
  const headers = [...response.headers].filter(
    ([name]) => !/^(date|x-request-id|x-ratelimit-.*)$/.test(name),
  );
  return { status: response.status, headers, text: await response.text() };
}

describe('somebody’s own sessions (G21)', () => {
  test('are listed in every capacity, newest first, and say what their person needs to know them again', async () => {
    const personId = newId();
    const asGuardian = await signIn(personId);
    const asStaff = await signIn(personId, { kind: 'staff' });
    const minute = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/) as unknown;
    const session = {
      ...{ id: expect.any(String) as unknown, openedAt: minute, lastUsedAt: minute },
      browser: { name: 'SAFARI', platform: 'IOS' },
    };
    expect(await listOf(asGuardian)).toEqual([
      { ...session, kind: 'staff', isNewBrowser: true, isCurrent: false },
      { ...session, kind: 'guardian', isNewBrowser: false, isCurrent: true },
    ]);
    expect((await listOf(asStaff)).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  });

  test('are nobody else’s to see, to count or to end, the other guardian’s least of all (ADR-11, S-06)', async () => {
    const mother = await signIn(newId());
    const father = await signIn(newId());
    const [{ id: hers }] = (await listOf(mother)) as [Listed];
    expect(await listOf(father)).toHaveLength(1);
    const answers = [
      await rawOf(await end(`/sessions/${hers}`, father)),
      await rawOf(await end(`/sessions/${newId()}`, father)),
      await rawOf(await end('/sessions/anything', father)),
    ];
    expect(answers[0]).toMatchObject({ status: 204, text: '' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await end('/sessions', father);
    expect(await isLiving(mother)).toBe(true);
  });

  test('that have run out are not listed', async () => {
    const personId = newId();
    const cookie = await signIn(personId);
    await signIn(personId);
    await around.database.admin`
      update session set last_used_at = now() - interval '1 hour'
      where id = (select id from session where person_id = ${personId} order by created_at desc limit 1)`;
    expect(await listOf(cookie)).toHaveLength(1);
  });

  test('are not for whoever is not signed in, nor for other sites to end', async () => {
    const personId = newId();
    const [cookie, elsewhere] = [await signIn(personId), await signIn(personId)];
    const dead = `__Host-session=${newSecret()}`;
    expect((await ask('/sessions', dead)).status).toBe(401);
    expect((await end('/sessions', dead)).status).toBe(401);
    for (const path of ['/sessions', `/sessions/${(await listOf(cookie))[0]!.id}`]) {
      expect((await end(path, cookie, 'https://evil.example')).status).toBe(403);
      expect((await ask(path, cookie, { method: 'DELETE' })).status).toBe(403);
    }
    expect(await isLiving(elsewhere)).toBe(true);
  });
});

describe('a person who ends', () => {
  test('one of their sessions ends that one, in every replica within moments, and its streams', async () => {
    const personId = newId();
    const [here, lost] = [await signIn(personId), await signIn(personId, { kind: 'staff' })];
    const stream = await fetch(`${other.url}/live`, { headers: { cookie: lost } });
    expect(stream.status).toBe(200);
    const [{ id }] = (await listOf(here)) as [Listed];
    expect((await end(`/sessions/${id}`, here)).status).toBe(204);
    expect(await isLiving(lost)).toBe(false);
    expect(await isLiving(here)).toBe(true);
    await eventually(async () =>
      expect((await fetch(`${other.url}/live`, { headers: { cookie: lost } })).status).toBe(401),
    );
    // Reads to the end, which only comes when the stream is closed.
    expect(await stream.text()).toContain('retry:');
  });

  test('all others keeps the one they are in', async () => {
    const personId = newId();
    const [here, ...others] = [await signIn(personId), await signIn(personId), await signIn(personId)];
    expect((await end('/sessions', here)).status).toBe(204);
    expect(await Promise.all(others.map(isLiving))).toEqual([false, false]);
    expect(await listOf(here)).toHaveLength(1);
  });

  test('the one they are in is signed out', async () => {
    const cookie = await signIn(newId());
    await end(`/sessions/${(await listOf(cookie))[0]!.id}`, cookie);
    expect(await isLiving(cookie)).toBe(false);
  });
});

describe('a browser (G21)', () => {
  const newest = async (cookie: string): Promise<boolean> => (await listOf(cookie))[0]!.isNewBrowser;

  test('is no news at the first login of all, is new where another was used before, and then known', async () => {
    const personId = newId();
    const [phone, library] = [newSecret(), newSecret()];
    expect(await newest(await signIn(personId, { browser: phone }))).toBe(false);
    expect(await newest(await signIn(personId, { browser: phone }))).toBe(false);
    expect(await newest(await signIn(personId, { browser: library }))).toBe(true);
    expect(await newest(await signIn(personId, { browser: library }))).toBe(false);
  });

  test('that another person has used is still new to one who has not, and nothing kept ties the two', async () => {
    const [one_, two] = [newId(), newId()];
    const [shared, own] = [newSecret(), newSecret()];
    await signIn(one_, { browser: shared });
    await signIn(two, { browser: own });
    expect(await newest(await signIn(two, { browser: shared }))).toBe(true);
    const rows = await around.database.admin<{ browser_hash: Buffer }[]>`
      select browser_hash from known_browser where person_id in (${one_}, ${two})`;
    expect(new Set(rows.map(({ browser_hash }) => browser_hash.toString('hex'))).size).toBe(3);
    expect(JSON.stringify(rows)).not.toContain(shared);
  });
});
