import { createClean } from '@ranselpost/kit/files/clean';
import { diskStore } from '@ranselpost/kit/files/disk';
import { type Files, takeIn } from '@ranselpost/kit/files/files';
import { fileRoutes } from '@ranselpost/kit/files/routes';
import { toFileName } from '@ranselpost/kit/files/types';
import { newId } from '@ranselpost/kit/ids';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import type { Routes } from '@ranselpost/kit/subgraph';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { testLife } from '@ranselpost/kit/testing/life';
import { ReadableStream } from 'node:stream/web';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Surroundings, type TestGateway, startTestGateway, surroundings } from '../testing/gateway.ts';
import { freePort } from '@ranselpost/kit/testing/bus';
import { type TestSubgraph, personIds, startMessaging, startPlacement } from '../testing/subgraphs.ts';

let around: Surroundings;
let gateway: TestGateway;
let messaging: TestSubgraph;
let placement: TestSubgraph;
let folder: string;
let mother: string;
const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200_000, 'x')]);
const link = 'a-link-that-messaging-has-made';

const secret = 's'.repeat(43);
/** As messaging answers: a guardian's own, and one to whoever knows the secret, for which the gateway asks in its own name. */
const calendars: Routes = (http, actorOf) => {
  http.get('/calendar', (request, reply) =>
    actorOf(request).kind === 'guardian' ? reply.send('BEGIN:VCALENDAR own') : reply.status(404).send(),
  );
  http.get<{ Params: { readonly secret: string } }>('/calendar/:secret', (request, reply) =>
    actorOf(request).kind === 'service' && request.params.secret === secret
      ? reply.send('BEGIN:VCALENDAR at')
      : reply.status(404).send(),
  );
};

const filesAtOnce = 4;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-files-'));
  const place = diskStore(folder);
  const files: Files = { place, store: place, clean: createClean(), scan: undefined };
  around = await surroundings();
  const port = await freePort();
  messaging = await startMessaging(`http://127.0.0.1:${port}`, (http, actorOf) => {
    fileRoutes({
      log: testLife('error').log,
      take: async (_actor, name, content) => {
        const id = newId();
        const taken = await takeIn(files, id, content);
        if (!taken.ok) return taken;
        const { type, bytes } = taken.value;
        const { mediaType } = type;
        return accept({ id, name: toFileName(name, type), mediaType, bytes, state: 'READY' });
      },
      give: async (actor, given) => {
        if (given !== link || !('personId' in actor) || actor.personId !== personIds.mother)
          throw new AppError('NOT_FOUND');
        const content = Readable.from([photo]);
        return { content, mediaType: 'image/jpeg', bytes: photo.length, name: "Tur (1)'s «bål».jpg" };
      },
    })(http, actorOf);
    calendars(http, actorOf);
  });
  placement = await startPlacement(
    `http://127.0.0.1:${port}`,
    fileRoutes({
      log: testLife('error').log,
      take: async (_actor, name, content) => {
        const id = newId();
        const taken = await takeIn(files, id, content);
        if (!taken.ok) return taken;
        return accept({ id, name, mediaType: taken.value.type.mediaType, bytes: 1, state: 'SCANNING' });
      },
      give: async () => ({
        ...{
          content: Readable.from(['%PDF']),
          mediaType: 'application/pdf',
          bytes: 4,
          name: 'Uttalelse.pdf',
        },
      }),
    }),
  );
  gateway = await startTestGateway(around, port, {
    MESSAGING_URL: messaging.url,
    PLACEMENT_URL: placement.url,
    MAX_FILES: String(filesAtOnce),
  });
  mother = await gateway.signIn({ kind: 'guardian', personId: personIds.mother, level: 'substantial' });
});
afterAll(async () => {
  await gateway.stop();
  await messaging.stop();
  await placement.stop();
  await around.close();
  await rm(folder, { recursive: true });
});

const send = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}/files`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent('Bålplass.jpeg'),
      origin: gateway.url,
      cookie: mother,
      ...headers,
    },
    body,
  });
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}/files/${path}`, { headers: { cookie: mother, ...headers } });
const lying = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{8}-/.test(name));

describe('a file on its way in', () => {
  test('goes to messaging in the name of who sends it, and what became of it comes back', async () => {
    const answer = await send(photo);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      file: {
        id: expect.any(String),
        name: 'Bålplass.jpg',
        mediaType: 'image/jpeg',
        bytes: photo.length,
        state: 'READY',
      },
    });
    expect(messaging.actors.at(-1)).toMatchObject({ kind: 'guardian', personId: personIds.mother });
  });

  test.each([
    ['of nothing', Buffer.alloc(0), 'EMPTY'],
    ['of a type that is not taken', Buffer.from('<html>'), 'TYPE_NOT_TAKEN'],
    ['of 26 MB', Buffer.concat([photo, Buffer.alloc(26 * 1024 * 1024)]), 'TOO_LARGE'],
  ])('%s is refused with a code and a text', async (_what, body, code) => {
    const before = await lying();
    const answer = await send(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ refusal: { code, message: expect.stringMatching(/\.$/) } });
    expect(await lying()).toEqual(before);
  });

  test('of 26 MB that does not say so is refused when it has come so far', async () => {
    const endless = async function* () {
      yield photo;
      for (let sent = 0; sent < 26; sent += 1) yield Buffer.alloc(1024 * 1024);
    };
    const answer = await fetch(`${gateway.url}/files`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', origin: gateway.url, cookie: mother },
      body: ReadableStream.from(endless()),
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toMatchObject({ refusal: { code: 'TOO_LARGE' } });
  });

  test.each([
    ['without a session', { cookie: '' }, 401],
    ['from another site', { origin: 'https://elsewhere.test' }, 403],
    ['with a cookie and a token', { authorization: 'Bearer a.b.c' }, 401],
    ['as a form', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['as JSON', { 'content-type': 'application/json' }, 415],
  ])('%s is not taken', async (_how, headers, status) => {
    const asked = messaging.actors.length;
    expect((await send(Buffer.from('"x"'), headers)).status).toBe(status);
    expect(messaging.actors.length).toBe(asked);
  });

  test('that is broken off leaves nothing, and gives its place back', async () => {
    const before = await lying();
    for (let time = 0; time < 5; time += 1) {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      const asked = messaging.headers.length;
      socket.write(
        `POST /files HTTP/1.1\r\nhost: x\r\norigin: ${gateway.url}\r\ncookie: ${mother}\r\n` +
          `content-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n`,
      );
      socket.write(photo);
      await eventually(() => expect(messaging.headers.length).toBe(asked + 1));
      socket.destroy();
    }
    await eventually(async () => expect(await lying()).toEqual(before));
    expect((await send(photo)).status).toBe(201);
  });

  test('beyond those that may be under way waits for its turn with 503', async () => {
    const asked = messaging.headers.length;
    const slow = Array.from({ length: filesAtOnce }, () => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').on('error', () => {});
      socket.write(
        `POST /files HTTP/1.1\r\nhost: x\r\norigin: ${gateway.url}\r\ncookie: ${mother}\r\n` +
          `content-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n`,
      );
      socket.write(photo);
      return socket;
    });
    try {
      await eventually(() => expect(messaging.headers.length).toBe(asked + slow.length), 30_000);
      expect((await get(link)).status).toBe(503);
    } finally {
      for (const socket of slow) socket.destroy();
    }
    await eventually(async () => expect((await get(link)).status).toBe(200));
  });
});

describe('a file on its way out', () => {
  test('is something to save, that runs nothing and that nobody keeps', async () => {
    const answer = await get(link);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(photo);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(photo.length),
      'content-disposition': "attachment; filename*=UTF-8''Tur%20%281%29%27s%20%C2%ABb%C3%A5l%C2%BB.jpg",
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('is the same nothing by a link of another, an old one and one that never was (S-06)', async () => {
    const father = await gateway.signIn({
      kind: 'guardian',
      personId: personIds.father,
      level: 'substantial',
    });
    const answers = await Promise.all([
      get(link, { cookie: father }),
      get('a-link-that-nobody-has-made'),
      get('x'),
      get('..%2F..%2Fgraphql'),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(bodies).size).toBe(1);
  });

  test('is for who is signed in, on our own pages', async () => {
    expect((await get(link, { cookie: '' })).status).toBe(401);
    expect((await get(link, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

test.each([
  ['one’s own', '/calendar.ics', true, 200, 'own'],
  ['one’s own without a session', '/calendar.ics', false, 401, ''],
  ['at a secret address, without a session', `/calendar/${secret}.ics`, false, 200, 'at'],
  ['at an address that nobody has', `/calendar/${'x'.repeat(43)}.ics`, false, 404, ''],
  ['at what is no address', '/calendar/..%2Fgraphql.ics', false, 404, ''],
  ['of a child’s days, at what is no address', '/calendar/days/x.ics', false, 404, ''],
  ['of a child’s days, while attendance is away', `/calendar/days/${secret}.ics`, false, 503, ''],
])('a calendar %s is given or not (M36, S-01)', async (_which, path, isSignedIn, status, text) => {
  const answer = await fetch(`${gateway.url}${path}`, { headers: isSignedIn ? { cookie: mother } : {} });
  expect(answer.status).toBe(status);
  if (status !== 200) return;
  expect(await answer.text()).toBe(`BEGIN:VCALENDAR ${text}`);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('documents go to placement and come from there, by the same rules, and messaging hears of none (P05)', async () => {
  const asked = messaging.actors.length;
  const headers = { 'content-type': 'application/octet-stream', origin: gateway.url, cookie: mother };
  const post = (more: Record<string, string> = {}) =>
    fetch(`${gateway.url}/documents`, { method: 'POST', headers: { ...headers, ...more }, body: photo });
  const taken = await post();
  expect(taken.status).toBe(201);
  expect(await taken.json()).toMatchObject({ file: { state: 'SCANNING' } });
  expect(placement.actors.at(-1)).toMatchObject({ kind: 'guardian', personId: personIds.mother });
  expect((await post({ origin: 'https://elsewhere.test' })).status).toBe(403);
  expect((await post({ cookie: '' })).status).toBe(401);
  const given = await fetch(`${gateway.url}/documents/${link}`, { headers: { cookie: mother } });
  expect(given.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Uttalelse.pdf");
  expect(given.headers.get('content-security-policy')).toContain('sandbox');
  expect(await given.text()).toBe('%PDF');
  expect(messaging.actors.length).toBe(asked);
});
