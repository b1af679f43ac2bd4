import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Surroundings, type TestGateway, startTestGateway, surroundings } from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import {
  type TestIdentity,
  childIds,
  identityResolvers,
  personIds,
  startIdentity,
  unitId,
} from '../testing/subgraphs.ts';

let around: Surroundings;
let gateway: TestGateway;
let identity: TestIdentity;
let attendance: Server;
let attendancePort: number;
let mother: string;
let answer: RequestListener;
const heard: { readonly query: string; readonly tokenId: unknown }[] = [];

beforeAll(async () => {
  around = await surroundings();
  const [port, other] = [await freePort(), await freePort()];
  attendancePort = other;
  identity = await startIdentity({
    publicUrl: `http://127.0.0.1:${port}`,
    resolvers: identityResolvers,
    people: new Map(),
  });
  await listen();
  gateway = await startTestGateway(around, port, {
    IDENTITY_URL: identity.url,
    ATTENDANCE_URL: `http://127.0.0.1:${attendancePort}/graphql`,
    OPERATIONS: 'any',
  });
  mother = await gateway.signIn({ kind: 'guardian', personId: personIds.mother, level: 'substantial' });
});

afterAll(async () => {
  attendance.closeAllConnections();
  await gateway.stop();
  await identity.stop();
  attendance.close();
  await around.close();
});

afterEach(async () => {
  // An answer after failures: the breaker counts anew.
  answer = wellAnswer;
  await ask(read);
  heard.length = 0;
});

async function listen(): Promise<void> {
  answer = wellAnswer;
  attendance = createServer((request, response) => void hear(request, response)).listen(
    attendancePort,
    '127.0.0.1',
  );
  await once(attendance, 'listening');
}

async function hear(...[request, response]: Parameters<RequestListener>): Promise<void> {
  const { query } = JSON.parse(await bodyOf(request)) as { query: string };
  heard.push({ query, tokenId: decodeJwt(request.headers.authorization!.slice('Bearer '.length)).jti });
  answer(request, response);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const empty = { absences: { nodes: [] } };
const wellAnswer: RequestListener = (_request, response) =>
  void response.setHeader('content-type', 'application/json').end(
    JSON.stringify({
      data: { _entities: [empty, empty], reportAbsence: { __typename: 'AbsenceReported' } },
    }),
  );

const status =
  (code: number, body = '{}'): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, { 'content-type': 'application/json' }).end(body);

const read = '{ viewer { id children { id absences { nodes { id } } } } }';
const change = `mutation { reportAbsence(input: { places: [{ childId: "${childIds.older}", unitId: "${unitId}" }], firstDay: "2026-11-21", cause: SICK, idempotencyKey: "k" }) { __typename } }`;
const ask = async (query: string) => {
  const response = await gateway.post({ query }, { cookie: mother });
  return { status: response.status, body: (await response.json()) as { data: unknown; errors?: unknown[] } };
};
const withoutAbsences = {
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
};

describe('while one subgraph is away', () => {
  test('its fields are null with UNAVAILABLE and the rest is answered (S-28, S-26)', async () => {
    attendance.closeAllConnections();
    attendance.close();
    await once(attendance, 'close');
    const { status: code, body } = await ask(read);
    expect(code).toBe(200);
    expect(body).toEqual(withoutAbsences);
    await listen();
  });

  test.each([
    ['answers 500', status(500)],
    ['answers 503', status(503)],
    ['does not take our word for who asks', status(401)],
    ['answers with a page', status(200, '<html>')],
    [
      'answers with too much',
      status(200, JSON.stringify({ data: { _entities: [empty, empty] }, more: 'x'.repeat(9_000_000) })),
    ],
    ['hangs up', (request) => void request.socket.destroy()],
    [
      'hangs up in the middle',
      (request, response) => (response.write('{"da'), void request.socket.destroy()),
    ],
  ] as [string, RequestListener][])('the same holds when it %s', async (_what, failing) => {
    answer = failing;
    expect((await ask(read)).body).toEqual(withoutAbsences);
  });

  test('the same holds when it never answers, within the deadline (S-28)', async () => {
    answer = () => {};
    const before = performance.now();
    expect((await ask(read)).body).toEqual(withoutAbsences);
    expect(heard).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(8_000);
    attendance.closeAllConnections();
  });

  test('the rest is answered when it is the one that most comes from', async () => {
    await identity.stop();
    const { status: code, body } = await ask(`{ viewer { id } child(id: "${childIds.older}") { id } }`);
    expect(code).toBe(200);
    expect(body).toEqual({
      data: { viewer: null, child: null },
      errors: ['viewer', 'child'].map((field) => expect.objectContaining({ path: [field] })),
    });
    identity = await startIdentity({
      publicUrl: gateway.url,
      resolvers: identityResolvers,
      people: new Map(),
      port: Number(new URL(identity.url).port),
    });
  });
});

describe('a read that failed at once', () => {
  test('is asked once more, with a token of its own (S-13)', async () => {
    answer = (request, response) =>
      heard.length === 1 ? status(503)(request, response) : wellAnswer(request, response);
    const { body } = await ask(read);
    expect(body).not.toHaveProperty('errors');
    expect(heard).toHaveLength(2);
    expect(new Set(heard.map(({ tokenId }) => tokenId)).size).toBe(2);
  });

  test('is asked no third time', async () => {
    answer = status(503);
    await ask(read);
    expect(heard).toHaveLength(2);
  });
});

describe('a change that failed', () => {
  test.each([
    ['at once', status(503)],
    ['without a word', (request) => void request.socket.destroy()],
  ] as [string, RequestListener][])('%s is never sent again (S-20)', async (_when, failing) => {
    answer = failing;
    const { body } = await ask(change);
    expect(body).toEqual({
      data: null,
      errors: [expect.objectContaining({ path: ['reportAbsence'], extensions: { code: 'UNAVAILABLE' } })],
    });
    expect(heard).toHaveLength(1);
  });
});

describe('a subgraph that has failed many times in a row', () => {
  test('is left alone for a second, and found again by itself', async () => {
    answer = status(401);
    for (let at = 0; at < 12; at += 1) expect((await ask(read)).body).toEqual(withoutAbsences);
    expect(heard.length).toBe(10);
    answer = wellAnswer;
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await ask(read)).body).not.toHaveProperty('errors');
  });
});

describe('a subgraph that refuses the planned query', () => {
  test('is a bug of ours and shown as nothing more', async () => {
    answer = status(400, JSON.stringify({ errors: [{ message: 'planted-secret' }] }));
    const { body } = await ask(read);
    expect(JSON.stringify(body)).not.toContain('planted');
    expect(body.errors).toEqual(
      withoutAbsences.errors.map(({ path }) => ({
        message: 'Something went wrong on our side.',
        path,
        extensions: { code: 'INTERNAL' },
      })),
    );
  });
});
