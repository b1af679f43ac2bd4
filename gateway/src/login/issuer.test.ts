import { expect, test } from 'vitest';
import { createIssuer } from './issuer.ts';

test('an answer that names no issuer is refused before anybody is asked, where answers always do (mix-up)', async () => {
  const issuer = createIssuer({
    issuer: 'http://127.0.0.1:1',
    clientId: 'client',
    credential: { secret: 'secret' },
    redirectUri: 'http://127.0.0.1:1/callback',
    scope: 'openid',
    acr: { substantial: 'substantial', high: undefined },
    asksUserinfo: false,
    namesItself: true,
    mustPush: true,
  });
  const answer = new URLSearchParams({ code: 'code', state: 'state' });
  const expected = { state: 'state', nonce: 'nonce', codeVerifier: 'verifier' };
  await expect(issuer.finish(answer, expected)).rejects.toThrow('names no issuer');
});
