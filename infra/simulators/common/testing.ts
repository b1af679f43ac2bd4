import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A token issuer of a test's own: metadata, keys, and any token the test wants, also bad ones. */
export async function startTokenIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const body = request.url?.startsWith('/.well-known')
      ? { issuer, jwks_uri: `${issuer}jwk` }
      : { keys: [jwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sign = async (
    scope: string,
    options: { expires?: number; foreign?: boolean; issuer?: string } = {},
  ): Promise<string> =>
    new SignJWT({
      scope,
      client_id: 'test',
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:310001236' },
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'test' })
      .setIssuer(options.issuer ?? issuer)
      .setAudience('unspecified')
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + (options.expires ?? 120))
      .sign(options.foreign ? stranger.privateKey : privateKey);
  return { issuer, sign, stop: () => server.close() };
}
