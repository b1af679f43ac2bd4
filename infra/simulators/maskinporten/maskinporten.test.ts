import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@ranselpost/kit/testing/bus';
import { makeClientKey } from '../oidc/testing.ts';
import type { ClientKey } from '../oidc/testing.ts';
import { buildPopulation } from '../population/index.ts';
import { Replays } from './replays.ts';
import { buildMaskinporten } from './server.ts';
import type { Maskinporten, MaskinportenOptions } from './server.ts';

const clientId = '5f0c2b1e-0000-4000-8000-0123456789ab';
let key: ClientKey;
let stranger: ClientKey;
let expired: ClientKey;
let maskinporten: Maskinporten;
let issuer: string;
let options: MaskinportenOptions;

beforeAll(async () => {
  [key, stranger, expired] = await Promise.all([makeClientKey(), makeClientKey(), makeClientKey()]);
  const port = await freePort();
  issuer = `http://localhost:${port}/`;
  const oldKeys = expired.jwks.keys.map((jwk) => ({ ...jwk, expires: 1_700_000_000 }));
  options = {
    issuer,
    population: buildPopulation({ children: 0, seed: 1 }),
    clients: [
      {
        clientId,
        organisation: '310001236',
        scopes: ['ks:fiks', 'krr:global/kontaktinformasjon.read'],
        jwks: { keys: [...key.jwks.keys, ...oldKeys] },
        delegations: ['310004561'],
      },
    ],
  };
  maskinporten = await buildMaskinporten(options);
  await maskinporten.app.listen({ host: 'localhost', port });
});

afterAll(() => maskinporten.app.close());
afterEach(() => maskinporten.faults.clear());

interface Changes {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly signedBy?: CryptoKey;
}

/** A grant that is right in everything but what is changed. */
async function grant({ claims = {}, header = {}, signedBy = key.key }: Changes = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const right = {
    aud: issuer,
    iss: clientId,
    scope: 'ks:fiks',
    iat: now,
    exp: now + 100,
    jti: crypto.randomUUID(),
  };
  return new SignJWT({ ...right, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
    .sign(signedBy);
}

interface Answer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly error: string;
  readonly error_description: string;
}

async function ask(assertion: string): Promise<{ status: number; body: Answer }> {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const response = await fetch(`${issuer}token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Answer };
}

async function opened(token: string): Promise<JWTPayload> {
  const metadata = (await (await fetch(`${issuer}.well-known/oauth-authorization-server`)).json()) as {
    jwks_uri: string;
  };
  return (await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), { algorithms: ['RS256'] }))
    .payload;
}

const seconds = () => Math.floor(Date.now() / 1000);

describe('a token from Maskinporten', () => {
  test('names client, customer and scope, and is signed with the published key', async () => {
    const { status, body } = await ask(await grant());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 599, scope: 'ks:fiks' });
    const claims = await opened(body.access_token);
    expect(claims).toEqual({
      iss: issuer,
      aud: 'unspecified',
      client_id: clientId,
      client_amr: 'private_key_jwt',
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:310001236' },
      scope: 'ks:fiks',
      token_type: 'Bearer',
      iat: expect.any(Number),
      exp: Number(claims.iat) + 599,
      jti: expect.any(String),
    });
  });

  test('holds several scopes, and the resources that were asked for', async () => {
    const scope = 'ks:fiks krr:global/kontaktinformasjon.read';
    const one = await ask(await grant({ claims: { scope, resource: 'https://krr.example.test' } }));
    expect(await opened(one.body.access_token)).toMatchObject({ scope, aud: 'https://krr.example.test' });
    const two = await ask(await grant({ claims: { resource: ['https://a.test', 'https://b.test'] } }));
    expect(await opened(two.body.access_token)).toMatchObject({ aud: ['https://a.test', 'https://b.test'] });
  });

  test('names the supplier beside the consumer who delegated', async () => {
    const { body } = await ask(await grant({ claims: { consumer_org: '310004561' } }));
    expect(await opened(body.access_token)).toMatchObject({
      consumer: { ID: '0192:310004561' },
      supplier: { ID: '0192:310001236' },
      delegation_source: expect.any(String),
    });
  });

  test('is given to RS384 and RS512, and to a clock that is a little ahead', async () => {
    for (const alg of ['RS384', 'RS512']) {
      const { privateKey, jwks } = await otherAlgorithm(alg);
      const port = await freePort();
      const other = await buildMaskinporten({
        ...options,
        issuer,
        clients: [{ clientId, organisation: '310001236', scopes: ['ks:fiks'], jwks }],
      });
      await other.app.listen({ host: 'localhost', port });
      const assertion = await grant({ header: { alg, kid: alg }, signedBy: privateKey });
      const body = new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion,
      });
      expect((await fetch(`http://localhost:${port}/token`, { method: 'POST', body })).status).toBe(200);
      await other.app.close();
    }
    expect((await ask(await grant({ claims: { iat: seconds() + 8 } }))).status).toBe(200);
  });
});

describe('what Maskinporten refuses', () => {
  test.each<[string, string, number, () => Changes]>([
    ['an unknown client', 'MP-100', 400, () => ({ claims: { iss: 'somebody-else' } })],
    ['the token endpoint as audience', 'MP-110', 400, () => ({ claims: { aud: `${issuer}token` } })],
    ['the issuer without its slash', 'MP-110', 400, () => ({ claims: { aud: issuer.slice(0, -1) } })],
    ['no audience', 'MP-110', 400, () => ({ claims: { aud: [] } })],
    ['two audiences', 'MP-110', 400, () => ({ claims: { aud: [issuer, 'https://another.test'] } })],
    ['a key that is too old', 'MP-121', 400, () => ({ header: { kid: expired.kid }, signedBy: expired.key })],
    [
      'a certificate that is not in a list',
      'MP-123',
      400,
      () => ({ header: { kid: undefined, x5c: 'MII' } }),
    ],
    ['another key under the registered name', 'MP-124', 400, () => ({ signedBy: stranger.key })],
    ['a key nobody registered', 'MP-124', 400, () => ({ header: { kid: 'new' }, signedBy: stranger.key })],
    ['a grant that lives too long', 'MP-130', 400, () => ({ claims: { exp: seconds() + 130 } })],
    [
      'a grant from the future',
      'MP-130',
      400,
      () => ({ claims: { iat: seconds() + 30, exp: seconds() + 60 } }),
    ],
    ['a grant that is over', 'MP-130', 400, () => ({ claims: { iat: seconds() - 90, exp: seconds() - 20 } })],
    ['a grant without an identifier', 'MP-011', 400, () => ({ claims: { jti: undefined } })],
    ['a grant without a scope', 'MP-011', 400, () => ({ claims: { scope: ' ' } })],
    ['a scope the client does not have', 'MP-200', 400, () => ({ claims: { scope: 'ks:fiks skatt:alt' } })],
    ['a consumer who has not delegated', 'MP-251', 403, () => ({ claims: { consumer_org: '310007897' } })],
    ['system users', 'MP-301', 400, () => ({ claims: { authorization_details: [] } })],
  ])('%s (%s)', async (_what, code, status, changes) => {
    const answer = await ask(await grant(changes()));
    expect(answer.body.error_description).toMatch(
      new RegExp(`^${code}: .*\\(correlation id: [0-9a-f-]{36}\\)$`),
    );
    expect(answer.status).toBe(status);
  });

  test('a grant that was used before, also when the first use was refused for its scope (MP-012)', async () => {
    const assertion = await grant();
    expect((await ask(assertion)).status).toBe(200);
    expect((await ask(assertion)).body).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('MP-012'),
    });
    const refused = await grant({ claims: { scope: 'skatt:alt' } });
    await ask(refused);
    expect((await ask(refused)).body.error_description).toContain('MP-012');
  });

  test('an unsigned grant, one that is no JWT, and another kind of grant', async () => {
    const [, claims] = (await grant()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: key.kid })).toString('base64url');
    expect((await ask(`${header}.${claims}.`)).body.error_description).toContain('MP-124');
    expect((await ask('not-a-jwt')).body.error_description).toContain('MP-011');
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    expect((await fetch(`${issuer}token`, { method: 'POST', body })).status).toBe(400);
  });
});

describe('faults of Maskinporten', () => {
  test.each([
    ['MP-012', 400, 'invalid_grant'],
    ['MP-130', 400, 'invalid_grant'],
    ['MP-250', 403, 'forbidden'],
  ])('%s strikes once and then the same client gets its token', async (kind, status, error) => {
    maskinporten.faults.arm({ kind });
    const struck = await ask(await grant());
    expect(struck).toMatchObject({
      status,
      body: { error, error_description: expect.stringContaining(kind) },
    });
    expect((await ask(await grant())).status).toBe(200);
  });

  test('503 comes as JSON or as a page, and slowly when asked', async () => {
    maskinporten.faults.arm({ kind: 'error', endpoint: 'token', status: 503 });
    expect((await ask(await grant())).status).toBe(503);
    maskinporten.faults.arm({ kind: 'latency', endpoint: 'token', ms: 60 });
    maskinporten.faults.arm({ kind: 'html', endpoint: 'token', status: 503 });
    const before = performance.now();
    const response = await fetch(`${issuer}token`, { method: 'POST', body: new URLSearchParams({}) });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  test('tokens can be made to live shortly', async () => {
    maskinporten.faults.arm({ kind: 'short-life' });
    const { body } = await ask(await grant());
    const claims = await opened(body.access_token);
    expect([body.expires_in, Number(claims.exp) - Number(claims.iat)]).toEqual([119, 119]);
  });
});

describe('what Maskinporten remembers', () => {
  test('a used grant is kept as long as it could be used, and no longer', () => {
    const replays = new Replays();
    expect(replays.isFirstUse('a', 'one', 1100, 1000)).toBe(true);
    expect(replays.isFirstUse('b', 'one', 1100, 1000)).toBe(true);
    expect(replays.isFirstUse('a', 'one', 1100, 1109)).toBe(false);
    expect(replays.isFirstUse('a', 'two', 1300, 1200)).toBe(true);
    expect(replays.size).toBe(1);
  });

  test('the signing key is the same after a restart, and only its owner may read it', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'maskinporten-'));
    const keyOf = async () => {
      const { app } = await buildMaskinporten({ ...options, stateDir });
      const { keys } = (await app.inject('/jwk')).json<{ keys: Record<string, unknown>[] }>();
      await app.close();
      return keys[0];
    };
    const first = await keyOf();
    expect(await keyOf()).toEqual(first);
    expect(first).not.toHaveProperty('d');
    const [file = ''] = await readdir(stateDir);
    expect((await stat(join(stateDir, file))).mode & 0o077).toBe(0);
    await rm(stateDir, { recursive: true });
  });
});

async function otherAlgorithm(alg: string) {
  const { exportJWK, generateKeyPair } = await import('jose');
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { privateKey, jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' }] } };
}
