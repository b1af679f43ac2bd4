import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Surroundings, type TestGateway, startTestGateway, surroundings } from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import {
  type TestIdentity,
  childIds,
  identityResolvers,
  personIds,
  startIdentity,
} from '../testing/subgraphs.ts';

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let attendance: Server;
let answer: RequestListener;
let mother: string;

beforeAll(async () => {
  around = await surroundings();
  const port = await freePort();
  identity = await startIdentity({
    publicUrl: `http://127.0.0.1:${port}`,
    resolvers: identityResolvers,
    people: new Map(),
  });
  // A service that masks nothing: what comes of its words is the gateway's own doing.
  attendance = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(attendance, 'listening');
  gateway = await startTestGateway(around, port, {
    IDENTITY_URL: identity.url,
    ATTENDANCE_URL: `http://127.0.0.1:${(attendance.address() as AddressInfo).port}/graphql`,
    OPERATIONS: 'any',
    RATE_PER_ACTOR: '100000',
  });
  mother = await gateway.signIn({ kind: 'guardian', personId: personIds.mother, level: 'substantial' });
});

afterAll(async () => {
  attendance.closeAllConnections();
  attendance.close();
  await gateway.stop();
  await identity.stop();
  await around.close();
});

beforeEach(() => {
  answer = (_request, response) => void response.end('{"data":{"_entities":[null,null]}}');
  identity.actors.length = 0;
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.post(body, { cookie: mother, ...headers });
const ask = (query: string, variables: unknown = {}) => post({ query, variables });
const refusal = {
  message: 'The request could not be understood. Check it against the schema.',
  extensions: { code: 'BAD_USER_INPUT' },
};

/** Refused, in the fixed words alone, by nobody but the gateway, and before it could keep the gateway busy. */
async function expectRefused(asked: () => Promise<Response>): Promise<void> {
  const began = performance.now();
  const response = await asked();
  expect(performance.now() - began).toBeLessThan(10_000);
  const { errors, ...rest } = (await response.json()) as { errors: object[] };
  expect([response.status, rest]).toEqual([400, {}]);
  expect(new Set(errors.map((error) => JSON.stringify(error)))).toEqual(new Set([JSON.stringify(refusal)]));
  expect(identity.actors).toEqual([]);
}

describe('the doors that subgraphs have for us (S-13)', () => {
  const ours = JSON.stringify(childIds.older);
  test.each([
    ['_service', '{ _service { sdl } }'],
    ['_entities', `{ _entities(representations: [{ __typename: "Child", id: ${ours} }]) { __typename } }`],
    [
      '_entities with variables',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { id } } }',
    ],
    ['an entity type by fragment', '{ ... on _Entity { __typename } }'],
    ['a directive of the supergraph', '{ viewer @join__field { id } }'],
  ])('do not open from outside: %s', async (_what, query) => {
    const variables = { r: [{ __typename: 'Child', id: childIds.older }] };
    await expectRefused(() => ask(query, query.includes('$r') ? variables : {}));
  });
});

describe('who asks (S-01, S-13)', () => {
  test.each([
    ['a header', { actor: '{"kind":"service","name":"gateway"}', 'x-actor-id': personIds.father }],
    ['a cookie', { cookie: 'actor=father' }],
    ['forwarded headers', { 'x-forwarded-user': 'father', 'x-remote-user': 'father', forwarded: 'for=1' }],
  ])('is not for the caller to say: %s', async (_where, headers) => {
    const cookie = [mother, (headers as { cookie?: string }).cookie].filter(Boolean).join('; ');
    await post({ query: '{ viewer { id } }' }, { ...headers, cookie });
    expect(identity.actors).toEqual([{ kind: 'guardian', personId: personIds.mother, level: 'substantial' }]);
  });

  test.each([
    ['variables', { variables: { actor: { kind: 'staff' }, personId: personIds.father } }],
    ['extensions', { extensions: { actor: { kind: 'service', name: 'gateway' } } }],
    ['fields beside them', { actor: { kind: 'service', name: 'gateway' }, context: {}, headers: {} }],
  ])('is not for a request’s %s to say', async (_where, more) => {
    await post({ query: '{ viewer { id } }', ...more });
    expect(identity.actors).toEqual([{ kind: 'guardian', personId: personIds.mother, level: 'substantial' }]);
  });
});

describe('an operation that is too much (required test 8)', () => {
  /** Three levels for each unit, and one for the id. */
  const nested = (levels: number): string => {
    const each = '{ absences(day: "2026-11-20", first: 1) { nodes { unit ';
    const [times, rest] = [Math.floor((levels - 2) / 3), (levels - 2) % 3];
    const inner =
      rest === 0
        ? '{ id }'
        : rest === 1
          ? '{ absences(day: "2026-11-20", first: 1) { __typename } }'
          : '{ absences(day: "2026-11-20", first: 1) { nodes { id } } }';
    return `{ unit(id: 1) ${each.repeat(times)}${inner}${' } } }'.repeat(times)} }`;
  };

  test.each([8, 10])('is not one that goes %s deep', async (levels) => {
    expect((await ask(nested(levels))).status).toBe(200);
  });

  test('is one that goes 11 deep, or 8 deep through large pages', async () => {
    await expectRefused(() => ask(nested(11)));
    await expectRefused(() => ask(nested(8).replaceAll('first: 1', 'first: 100')));
  });

  const aliases = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, at) => `a${at}: viewer { id }`).join(' ')} }`;

  test('is one with more than 15 aliases', async () => {
    expect((await ask(aliases(15))).status).toBe(200);
    identity.actors.length = 0;
    for (const count of [16, 50, 2_000]) await expectRefused(() => ask(aliases(count)));
  });

  test.each([
    ['of 50,000 tokens', `{ viewer { id ${'!'.repeat(50_000)} } }`],
    ['of a value 50,000 deep', `{ unit(id: ${'['.repeat(50_000)}`],
    ['of a type 50,000 deep', `query ($a: ${'['.repeat(50_000)}`],
    [
      'of fragments in a ring',
      '{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }',
    ],
    [
      'of fragments that double each time',
      `{ viewer { ...f0 } } ${Array.from({ length: 60 }, (_, at) => `fragment f${at} on Viewer { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f60 on Viewer { a: id }`,
    ],
    ['of 300 fields that overlap', `{ ${'viewer { children { id } } '.repeat(300)} }`],
    ['of two operations, neither of which is named', 'query A { viewer { id } } query B { viewer { id } }'],
    ['of fragments alone', 'fragment a on Viewer { id }'],
  ])('is one %s', async (_what, query) => {
    await expectRefused(() => ask(query));
  });

  test('is one that is not among those that were sent', async () => {
    await expectRefused(() => post({ query: 'query A { viewer { id } }', operationName: 'B' }));
    const two = 'query A { viewer { id } } query B { viewer { name { given } } }';
    expect(await (await post({ query: two, operationName: 'A' })).json()).toEqual({
      data: { viewer: { id: personIds.mother } },
    });
  });

  test('is refused by its variables too', async () => {
    const query = 'query ($id: ID!) { child(id: $id) { id } }';
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    await expectRefused(() => post(`{"query":${JSON.stringify(query)},"variables":{"id":${deep}}}`));
    await expectRefused(() => post(`{"query":"{ viewer { id } }","variables":${deep}}`));
  });

  test('is a batch, however it is sent', async () => {
    const one = { query: '{ viewer { id } }' };
    for (const batch of [[one], [one, one], { 0: one }, JSON.stringify([[one]])])
      await expectRefused(() => post(batch));
  });
});

describe('what a service says of its own fault (required test 9, S-07)', () => {
  const planted = 'planted-secret at 10.1.2.3, postgres://user:pw@db:5432';
  const read = '{ viewer { id children { id absences { nodes { id } } } } }';
  const json = (body: unknown): RequestListener => {
    return (_request, response) => void response.end(JSON.stringify(body));
  };
  const error = (more: object) => ({
    data: { _entities: [null, null] },
    errors: [{ message: planted, path: ['_entities', 0, 'absences'], ...more }],
  });

  test.each<[string, RequestListener, string]>([
    ['a code of its own', json(error({ extensions: { code: planted } })), 'INTERNAL'],
    [
      'all it has',
      json(
        error({
          extensions: {
            code: 'PLANTED',
            stacktrace: [planted],
            exception: { planted },
            serviceName: planted,
          },
        }),
      ),
      'INTERNAL',
    ],
    ['a code of ours', json(error({ extensions: { code: 'NOT_FOUND', planted } })), 'NOT_FOUND'],
    ['no place', json({ data: null, errors: [{ message: planted }] }), 'INTERNAL'],
    ['a place of its own', json({ data: null, errors: [{ message: planted, path: [planted] }] }), 'INTERNAL'],
    ['nothing like an error', json({ data: null, errors: planted }), 'INTERNAL'],
    [
      'a page',
      (_request, response) => void response.writeHead(502, { server: planted }).end(`<h1>${planted}</h1>`),
      'UNAVAILABLE',
    ],
    [
      'another address',
      (_request, response) =>
        void response
          .writeHead(302, { location: 'http://10.1.2.3/planted', 'set-cookie': 'planted=1' })
          .end(),
      'UNAVAILABLE',
    ],
  ])('reaches nobody: it says %s', async (_what, says, code) => {
    answer = says;
    const response = await ask(read);
    const text = await response.text();
    expect(`${JSON.stringify([...response.headers])}${text}`).not.toMatch(/planted|10\.1\.2\.3|postgres/);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const { errors } = JSON.parse(text) as { errors: { extensions: object }[] };
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions).toEqual({ code });
  });

  test('is one fault and not the end of the rest: it answers with too few things', async () => {
    answer = json({ data: { _entities: [] } });
    const response = await ask(read);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        data: {
          viewer: {
            id: personIds.mother,
            children: [
              { id: childIds.older, absences: null },
              { id: childIds.younger, absences: null },
            ],
          },
        },
        errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } }],
      },
    ]);
  });

  test('does not go along with what is right', async () => {
    answer = json({
      data: { _entities: [null, null], planted },
      extensions: { planted, queryPlan: planted },
    });
    const text = await (await ask(read)).text();
    expect(text).not.toContain('planted');
  });
});
