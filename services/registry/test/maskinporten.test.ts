import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Proxy, startProxy } from './proxy.ts';
import { type Registers, startRegisters } from './registers.ts';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { type Tokens, openMaskinporten } from '@ranselpost/kit/outside/maskinporten';

let registers: Registers;
let proxy: Proxy;
const opened: Tokens[] = [];

beforeAll(async () => {
  registers = await startRegisters({ children: 0 });
});
afterEach(() => registers.maskinporten.heal());
afterAll(async () => {
  await Promise.all(opened.map((tokens) => tokens.close()));
  await registers.close();
});

function openTokens(more: { readonly issuer?: string; readonly clientId?: string } = {}): Tokens {
  const env = registers.environment as Record<string, string>;
  const tokens = openMaskinporten({
    issuer: env['MASKINPORTEN_ISSUER']!,
    clientId: env['MASKINPORTEN_CLIENT_ID']!,
    key: JSON.parse(env['MASKINPORTEN_KEY']!),
    ...more,
  });
  opened.push(tokens);
  return tokens;
}

describe('asking for a machine token', () => {
  test('gets one for its scope, and gives it to everybody who waits and until it ends', async () => {
    const tokens = openTokens();
    const [one, other] = await Promise.all([tokens.token('ks:fiks'), tokens.token('ks:fiks')]);
    expect(one).toBe(other);
    expect(await tokens.token('ks:fiks')).toBe(one);
    expect(decodeJwt(one)['scope']).toBe('ks:fiks');
    expect(decodeJwt(await tokens.token('krr:global/kontaktinformasjon.read'))['scope']).not.toBe('ks:fiks');
  });

  test('gets another instead of one that was refused', async () => {
    const tokens = openTokens();
    const refused = await tokens.token('ks:fiks');
    const fresh = await tokens.token('ks:fiks', refused);
    expect(fresh).not.toBe(refused);
    expect(await tokens.token('ks:fiks', refused)).toBe(fresh);
  });

  test.each([
    ['used before', { kind: 'MP-012' }],
    ['expired', { kind: 'MP-130' }],
    ['throttled', { kind: 'throttle', endpoint: 'token', retryAfterMs: 1 }],
    ['lost in an error', { kind: 'error', endpoint: 'token', status: 503, times: 2 }],
    ['met by a page of HTML', { kind: 'html', endpoint: 'token', status: 503 }],
  ])('makes a new grant when one counts as %s', async (_what, fault) => {
    await registers.maskinporten.fail(fault);
    expect(await openTokens().token('ks:fiks')).toMatch(/^eyJ/);
  });

  test.each([
    ['MP-250', { kind: 'MP-250', times: null }, {}, 'ks:fiks'],
    ['MP-200', undefined, {}, 'skatt:alt'],
    ['MP-100', undefined, { clientId: 'somebody-else' }, 'ks:fiks'],
  ])('says which rule refused it, and no more: %s', async (code, fault, more, scope) => {
    if (fault !== undefined) await registers.maskinporten.fail(fault);
    const failed = await openTokens(more)
      .token(scope)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(RegisterFault);
    expect((failed as RegisterFault).details).toMatchObject({ register: 'maskinporten', code });
  });

  test('tries again after a failure, and does not keep it', async () => {
    const tokens = openTokens();
    await registers.maskinporten.fail({ kind: 'error', endpoint: 'metadata', status: 503, times: 3 });
    await expect(tokens.token('ks:fiks')).rejects.toThrow(RegisterFault);
    expect(await tokens.token('ks:fiks')).toMatch(/^eyJ/);
  });

  test('asks nobody for tokens who answers in the name of another issuer', async () => {
    proxy = await startProxy(registers.maskinporten.url);
    const failed = await openTokens({ issuer: `${proxy.url}/` })
      .token('ks:fiks')
      .catch((error: unknown) => error);
    expect((failed as RegisterFault).details.code).toBe('metadata');
    expect(proxy.seen.map(({ path }) => path)).toEqual(['/.well-known/oauth-authorization-server']);
    await proxy.close();
  });
});

describe('a grant', () => {
  test('is signed with the registered key, for the issuer alone, for two minutes at most, and never sent twice', async () => {
    const grants: string[] = [];
    const server = createServer((request, response) => {
      const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
      if (request.method === 'GET')
        return response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}token` }));
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        grants.push(new URLSearchParams(body).get('assertion') ?? '');
        response.statusCode = grants.length < 3 ? 500 : 200;
        response.end(grants.length < 3 ? '' : JSON.stringify({ access_token: 'token', expires_in: 0.4 }));
      });
      return undefined;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const tokens = openMaskinporten({
      issuer,
      clientId: 'us',
      key: { ...(await exportJWK(privateKey)), kid: 'k7' },
    });
    await tokens.token('one');
    const first = grants.length;
    await tokens.token('one');
    expect(grants).toHaveLength(first);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await tokens.token('one');
    expect(grants).toHaveLength(first + 1);
    for (const grant of grants) {
      const { aud, iss, iat = 0, exp = 0 } = decodeJwt(grant);
      expect(decodeProtectedHeader(grant)).toEqual({ alg: 'RS256', kid: 'k7' });
      expect([aud, iss]).toEqual([issuer, 'us']);
      expect(exp - iat).toBeLessThanOrEqual(120);
    }
    expect(new Set(grants.map((grant) => decodeJwt(grant).jti)).size).toBe(grants.length);
    await tokens.close();
    server.close();
  });
});
