import { AppError } from '@ranselpost/kit/pure/errors';
import { readFile } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Surroundings,
  type TestGateway,
  replicaOf,
  startTestGateway,
  surroundings,
} from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import {
  type TestIdentity,
  type TestSubgraph,
  attendanceResolvers,
  childIds,
  identityResolvers,
  personIds,
  startAttendance,
  startIdentity,
  unitId,
} from '../testing/subgraphs.ts';

let around: Surroundings;
let gateway: TestGateway;
let strict: TestGateway;
let identity: TestIdentity;
let attendance: TestSubgraph;
let mother: string;
let onViewer: () => void | Promise<void> = () => {};
let onAbsences: () => void = () => {};

beforeAll(async () => {
  around = await surroundings();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const { viewer, ...queries } = identityResolvers.Query;
  identity = await startIdentity({
    publicUrl,
    people: new Map(),
    resolvers: {
      ...identityResolvers,
      Query: {
        ...queries,
        viewer: async (...args: Parameters<typeof viewer>) => (await onViewer(), viewer(...args)),
      },
    },
  });
  attendance = await startAttendance({
    publicUrl,
    resolvers: {
      ...attendanceResolvers,
      Child: {
        ...attendanceResolvers.Child,
        absences: (child: { id: string }) => (onAbsences(), attendanceResolvers.Child.absences(child)),
      },
    },
  });
  const given = { IDENTITY_URL: identity.url, ATTENDANCE_URL: attendance.url };
  gateway = await startTestGateway(around, port, { ...given, OPERATIONS: 'any', RATE_PER_ACTOR: '100000' });
  strict = await startTestGateway(around, await freePort(), {
    ...given,
    ...replicaOf(gateway),
    RATE_PER_ACTOR: '15',
    MAX_CONCURRENT: '1',
  });
  mother = await gateway.signIn({ kind: 'guardian', personId: personIds.mother, level: 'substantial' });
});

afterAll(async () => {
  await Promise.all([gateway.stop(), strict.stop()]);
  await Promise.all([identity.stop(), attendance.stop()]);
  await around.close();
});

beforeEach(() => {
  onViewer = onAbsences = () => {};
  identity.actors.length = attendance.actors.length = 0;
  identity.headers.length = attendance.headers.length = 0;
});

const operation = async (file: string): Promise<string> =>
  readFile(
    new URL(`operations/${file}`, import.meta.resolve('@ranselpost/schema/supergraph.graphql')),
    'utf8',
  );
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const ask = (query: string, variables: object = {}) => gateway.post({ query, variables }, { cookie: mother });
const codesOf = async (response: Response): Promise<(string | undefined)[]> =>
  ((await response.json()) as { errors?: { extensions?: { code?: string } }[] }).errors?.map(
    ({ extensions }) => extensions?.code,
  ) ?? [];

describe('a query over two subgraphs', () => {
  test('is answered with what each of them knows', async () => {
    const response = await ask(await operation('start.graphql'));
    const answer = await response.json();
    expect(response.status).toBe(200);
    expect(answer).toMatchObject({
      data: {
        viewer: {
          id: personIds.mother,
          children: [
            {
              id: childIds.older,
              absences: { nodes: [{ cause: 'SICK', unit: { name: 'Paraplyen skole' } }] },
            },
            { id: childIds.younger },
          ],
        },
      },
    });
    expect(Object.keys(answer as object)).toEqual(['data']);
  });

  test('names the actor of the session to each subgraph, with a token of its own each time (S-01)', async () => {
    await ask(await operation('start.graphql'));
    const actor = { kind: 'guardian', personId: personIds.mother, level: 'substantial' };
    expect(new Set([...identity.actors, ...attendance.actors].map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify(actor)]),
    );
    const tokens = [...identity.headers, ...attendance.headers].map(({ authorization }) => authorization);
    expect(tokens.length).toBeGreaterThan(1);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test('passes nothing on that the client sent along, such as an actor of its own making (S-01)', async () => {
    const forged = { kind: 'service', name: 'gateway' };
    await gateway.post(
      { query: '{ viewer { id } }', extensions: { actor: forged } },
      {
        cookie: mother,
        'x-actor': JSON.stringify(forged),
        actor: JSON.stringify(forged),
        'x-forwarded-for': '10.0.0.1',
        'x-request-id': 'chosen-by-the-client',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    );
    expect(identity.actors).toEqual([{ kind: 'guardian', personId: personIds.mother, level: 'substantial' }]);
    expect(Object.keys(identity.headers[0]!).toSorted()).toEqual(
      ['authorization', 'connection', 'content-length', 'content-type', 'host', 'x-request-id'].toSorted(),
    );
    expect(identity.headers[0]!['x-request-id']).not.toBe('chosen-by-the-client');
  });

  test('is answered with its id, is kept by nobody and may do nothing in a browser', async () => {
    const { headers } = await ask('{ viewer { id } }');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    for (const name of ['opener', 'resource'])
      expect(headers.get(`cross-origin-${name}-policy`)).toBe('same-origin');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('an object that another subgraph does not show', () => {
  test('is null like one that is not there, with no remark on it (S-06)', async () => {
    const query =
      '{ unit(id: 1) { absences(day: "2026-11-21") { nodes { child { id guardians { id } } } } } }';
    const answer = (await (await ask(query)).json()) as object;
    expect(answer).toEqual({
      data: {
        unit: { absences: { nodes: [{ child: { id: childIds.older, guardians: [] } }, { child: null }] } },
      },
    });
  });
});

describe('a change at a shared tablet (GUA-19)', () => {
  test('is told that it may be tried again while its use cannot be noted, and not that there is a bug', async () => {
    const browser = { name: 'OTHER', platform: 'OTHER' } as const;
    const who = { personId: personIds.teacher, tabletId: randomUUID(), unitId, browser };
    const cookie = `__Host-session=${await gateway.sessions.openAtTablet(who)}`;
    const query = 'mutation { markAttendance(input: { unitId: 1, marks: [] }) { __typename } }';
    const { admin } = around.database;
    await admin.unsafe(`
      create function away() returns trigger language plpgsql as $$ begin raise exception 'away' using errcode = '57P03'; end $$;
      create trigger away before update on session for each row execute function away()`);
    try {
      expect(await codesOf(await gateway.post({ query }, { cookie }))).toEqual(['UNAVAILABLE']);
      expect(attendance.actors).toEqual([]);
    } finally {
      await admin.unsafe('drop trigger away on session; drop function away()');
    }
  });
});

describe('the door of the graph (required test 8, S-13)', () => {
  const body = JSON.stringify({ query: '{ viewer { id } }' });
  const send = (headers: Record<string, string>, method = 'POST', sent = body) =>
    fetch(`${gateway.url}/graphql`, { method, headers, ...(method === 'GET' ? {} : { body: sent }) });
  const json = { 'content-type': 'application/json' };

  test('is closed to whoever is not signed in', async () => {
    const response = await send({ ...json, origin: gateway.url });
    expect(response.status).toBe(401);
    expect(await codesOf(response)).toEqual(['UNAUTHENTICATED']);
  });

  test.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['neither Origin nor Sec-Fetch-Site', {}],
    ['Sec-Fetch-Site from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site from a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('is closed to a session with %s', async (_what, headers) => {
    const response = await send({ ...json, ...headers, cookie: mother });
    expect(response.status).toBe(403);
    expect(await codesOf(response)).toEqual(['FORBIDDEN']);
    expect(identity.actors).toEqual([]);
  });

  test('is closed to a body that is not JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
    ]) {
      const response = await send({ 'content-type': type, origin: gateway.url, cookie: mother });
      expect(response.status).toBe(415);
      expect(await codesOf(response)).toEqual(['BAD_USER_INPUT']);
    }
    expect(identity.actors).toEqual([]);
  });

  test('is closed to GET', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={viewer{id}}`, {
      headers: { cookie: mother, origin: gateway.url, 'apollo-require-preflight': 'x' },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(identity.actors).toEqual([]);
  });

  test.each([
    ['a batch', [{ query: '{ viewer { id } }' }, { query: '{ viewer { id } }' }]],
    ['nothing', {}],
    ['a number for a query', { query: 1 }],
    ['text for variables', { query: '{ viewer { id } }', variables: 'x' }],
    ['what is no GraphQL', { query: 'viewer?' }],
    ['JSON that ends early', '{"query":'],
    ['a field there is not', { query: '{ viewer { idd } }' }],
    ['a variable of the wrong kind', { query: 'query ($id: ID!) { child(id: $id) { id } }', variables: {} }],
  ])('refuses %s with BAD_USER_INPUT and says nothing of the schema', async (_what, sent) => {
    const response = await gateway.post(sent, { cookie: mother });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('BAD_USER_INPUT');
    expect(text).not.toMatch(/Did you mean|Cannot query|viewer|Syntax|Child/);
    expect(identity.actors).toEqual([]);
  });

  test('refuses a body over 100 kB', async () => {
    const response = await gateway.post(
      { query: `{ viewer { id } } #${'x'.repeat(100_000)}` },
      { cookie: mother },
    );
    expect(response.status).toBe(413);
    expect(await codesOf(response)).toEqual(['BAD_USER_INPUT']);
  });

  test.each([
    [
      'deeper than 10',
      `{ unit(id: 1) ${'{ absences(day: "2026-11-20", first: 1) { nodes { unit '.repeat(4)}{ id }${'} } }'.repeat(4)} }`,
    ],
    ['with 50 aliases', `{ ${Array.from({ length: 50 }, (_, at) => `a${at}: viewer { id }`).join(' ')} }`],
    [
      'with 2,000 aliases',
      `{ ${Array.from({ length: 2000 }, (_, at) => `a${at}: viewer { id }`).join(' ')} }`,
    ],
    ['with 40 directives', `{ viewer { id ${'@include(if: true) '.repeat(40)} } }`],
    ['of 50,000 tokens', `{ viewer { ${'id '.repeat(30_000)} } }`],
    [
      'with more objects than allowed',
      `{ child(id: 1) { absences(first: 100) { nodes { child { absences(first: 100) { nodes { id } } } } } } }`,
    ],
  ])('refuses an operation %s before it is planned', async (_what, query) => {
    const response = await ask(query);
    expect(response.status).toBe(400);
    expect(await codesOf(response)).toEqual(['BAD_USER_INPUT']);
    expect(identity.actors).toEqual([]);
  });

  test('counts a page that a variable asks for', async () => {
    const query =
      'query ($n: Int) { child(id: 1) { absences(first: $n) { nodes { child { absences(first: $n) { nodes { id } } } } } } }';
    expect((await ask(query, { n: 100 })).status).toBe(400);
    expect((await ask(query, { n: 5 })).status).toBe(200);
  });

  test('takes a signed-in browser of our own', async () => {
    expect((await send({ ...json, origin: gateway.url, cookie: mother })).status).toBe(200);
    expect((await send({ ...json, 'sec-fetch-site': 'same-origin', cookie: mother })).status).toBe(200);
  });
});

describe('where browsers send registered operations alone (required test 8)', () => {
  test('an operation is named by its hash, in either place', async () => {
    const id = hash(await operation('start.graphql'));
    const cookie = await strict.signIn({ kind: 'guardian', personId: personIds.mother, level: 'high' });
    const named = await strict.post({ id }, { cookie });
    expect(await named.json()).toMatchObject({ data: { viewer: { id: personIds.mother } } });
    const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
    const extended = await strict.post({ extensions }, { cookie });
    expect(await extended.json()).toMatchObject({ data: { viewer: { id: personIds.mother } } });
  });

  test('takes the variables of a registered change', async () => {
    const cookie = await strict.signIn({ kind: 'guardian', personId: personIds.mother, level: 'high' });
    const id = hash(await operation('report-absence.graphql'));
    const input = {
      ...{ places: [{ childId: childIds.older, unitId }], firstDay: '2026-11-21' },
      ...{ cause: 'SICK', idempotencyKey: 'k' },
    };
    const response = await strict.post({ id, variables: { input } }, { cookie });
    expect(await response.json()).toMatchObject({
      data: {
        reportAbsence: {
          ...{ __typename: 'AbsenceReported', outcomes: [{ unit: { name: 'Paraplyen skole' } }] },
        },
      },
    });
  });

  test('an operation of the browser’s own is refused, also beside a hash that is known', async () => {
    const cookie = await strict.signIn({ kind: 'guardian', personId: personIds.mother, level: 'high' });
    const id = hash(await operation('start.graphql'));
    for (const body of [
      { query: '{ viewer { id } }' },
      { id, query: '{ viewer { id } }' },
      { query: '{ viewer { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
      { id: hash('{ viewer { id } }') },
      { id: '__proto__' },
    ]) {
      const response = await strict.post(body, { cookie });
      expect(response.status).toBe(400);
      expect(await codesOf(response)).toEqual(['BAD_USER_INPUT']);
    }
    expect(identity.actors).toEqual([]);
  });

  test('nobody who asks too often gets an answer, for that minute', async () => {
    const cookie = await strict.signIn({ kind: 'guardian', personId: personIds.father, level: 'high' });
    const other = await strict.signIn({ kind: 'guardian', personId: personIds.mother, level: 'high' });
    const id = hash(await operation('start.graphql'));
    const statuses: number[] = [];
    for (let at = 0; at < 17; at += 1) statuses.push((await strict.post({ id }, { cookie })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(15);
    const refused = await strict.post({ id }, { cookie });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await codesOf(refused)).toEqual(['RATE_LIMITED']);
    expect((await strict.post({ id }, { cookie: other })).status).toBe(200);
  });
});

describe('a gateway that is full', () => {
  test('says so at once, and when to come again', async () => {
    const id = hash(await operation('start.graphql'));
    const cookie = await strict.signIn({ kind: 'guardian', personId: personIds.mother, level: 'high' });
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onViewer = () => (begun.resolve(), goOn.promise);
    const first = strict.post({ id }, { cookie });
    await begun.promise;
    const second = await strict.post({ id }, { cookie });
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toBe('1');
    expect(await codesOf(second)).toEqual(['UNAVAILABLE']);
    goOn.resolve();
    expect((await first).status).toBe(200);
    expect((await strict.post({ id }, { cookie })).status).toBe(200);
  });
});

describe('what staff have seen of identity (S-05)', () => {
  const viewer = '{ viewer { id } }';
  const change = {
    query: `mutation ($input: ReportAbsenceInput!) { reportAbsence(input: $input) { __typename } }`,
    variables: {
      input: {
        ...{ places: [{ childId: childIds.older, unitId }], firstDay: '2026-11-20' },
        ...{ cause: 'SICK', idempotencyKey: 'k' },
      },
    },
  };
  const [first, second] = ['2026-11-20T08:00:00.000001Z', '2026-11-20T08:00:00.000002Z'] as const;

  test('goes with what they change next, in whichever replica, and an older answer takes nothing back', async () => {
    const replica = await startTestGateway(around, await freePort(), {
      ...{ IDENTITY_URL: identity.url, ATTENDANCE_URL: attendance.url, OPERATIONS: 'any' },
      ...replicaOf(gateway),
    });
    const cookie = await gateway.signIn({ kind: 'staff', personId: personIds.teacher, level: 'substantial' });
    const seenAt = async (at: TestGateway) => {
      attendance.seen.length = 0;
      expect((await at.post(change, { cookie })).status).toBe(200);
      return attendance.seen[0];
    };
    expect(await seenAt(replica)).toBeNull();
    for (const [shown, kept] of [
      [first, first],
      [second, second],
      [first, second],
    ] as const) {
      identity.shows(shown);
      await gateway.post({ query: viewer }, { cookie });
      expect(await seenAt(replica)).toBe(kept);
      expect(await seenAt(gateway)).toBe(kept);
    }
    await replica.stop();
  });

  test('is theirs alone, and nobody’s word but identity’s', async () => {
    const sign = () => gateway.signIn({ kind: 'staff', personId: personIds.teacher, level: 'substantial' });
    const [one, other] = [await sign(), await sign()];
    identity.shows(first);
    attendance.shows(second);
    await gateway.post({ query: viewer }, { cookie: one });
    await gateway.post(change, { cookie: one, 'ranselpost-seen': second });
    attendance.seen.length = 0;
    await gateway.post(change, { cookie: one });
    await gateway.post(change, { cookie: other });
    await gateway.post(change, { cookie: mother });
    expect(attendance.seen).toEqual([first, null, null]);
    identity.shows(null);
    attendance.shows(null);
  });
});

describe('introspection', () => {
  const query = '{ __schema { types { name } } }';

  test('is refused unless it is switched on', async () => {
    const response = await ask(query);
    expect(response.status).toBe(400);
    expect(await codesOf(response)).toEqual(['BAD_USER_INPUT']);
    expect((await fetch(`${gateway.url}/graphiql`)).status).toBe(404);
  });

  test('answers, and brings GraphiQL without third parties, where it is', async () => {
    const open = await startTestGateway(around, await freePort(), { OPERATIONS: 'any', INTROSPECTION: 'on' });
    const cookie = await open.signIn({ kind: 'staff', personId: personIds.teacher, level: 'substantial' });
    expect(await (await open.post({ query }, { cookie })).json()).toMatchObject({
      data: { __schema: { types: expect.arrayContaining([{ name: 'Child' }]) } },
    });
    const page = await (await fetch(`${open.url}/graphiql`)).text();
    expect(page).not.toMatch(/(?:src|href)="https?:/);
    await open.stop();
  });
});

describe('an error in a subgraph', () => {
  const planted = 'planted-secret at 10.1.2.3 postgres://user:pw@db';

  test('that nobody foresaw is INTERNAL and not a word more (required test 9, S-07)', async () => {
    onViewer = () => {
      throw new Error(planted);
    };
    const response = await ask('{ viewer { id } }');
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      data: { viewer: null },
      errors: [
        { message: 'Something went wrong on our side.', path: ['viewer'], extensions: { code: 'INTERNAL' } },
      ],
    });
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });

  test('keeps its code and its path where both are ours to tell, and leaves the rest standing', async () => {
    onAbsences = () => {
      throw new AppError('UNAVAILABLE', planted);
    };
    const response = await ask('{ viewer { id children { id absences { nodes { id } } } } }');
    const answer = (await response.json()) as { data: unknown };
    expect(answer).toEqual({
      data: {
        viewer: {
          id: personIds.mother,
          children: [
            { id: childIds.older, absences: null },
            { id: childIds.younger, absences: null },
          ],
        },
      },
      errors: [0, 1].map((at) => ({
        message: 'This could not be read just now. Try again shortly.',
        path: ['viewer', 'children', at, 'absences'],
        extensions: { code: 'UNAVAILABLE' },
      })),
    });
  });

  test.each(['NOT_FOUND', 'FORBIDDEN', 'STEP_UP_REQUIRED', 'FEATURE_CLOSED', 'CONFLICT'] as const)(
    'with the code %s keeps it',
    async (code) => {
      onViewer = () => {
        throw new AppError(code, planted);
      };
      const response = await ask('{ viewer { id } }');
      const text = await response.text();
      expect(text).not.toContain('planted');
      expect(text).toContain(code);
    },
  );
});

describe('outside the graph', () => {
  test('every answer says as little as it can', async () => {
    const missing = await fetch(`${gateway.url}/nothing-here`);
    expect(missing.status).toBe(404);
    expect(await codesOf(missing)).toEqual(['NOT_FOUND']);
    expect(await (await fetch(`${gateway.url}/livez`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${gateway.url}/readyz`)).json()).toEqual({ ready: true });
    const { keys } = (await (await fetch(`${gateway.url}/.well-known/actor-keys`)).json()) as {
      keys: object[];
    };
    expect(keys).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
  });
});
