import type { JWK } from 'jose';
import { generateKeyPairSync, randomUUID } from 'node:crypto';

/** Keys for `sealFor` and `openOwn`, made for the occasion. */
export function sealPair(): { readonly publicKey: JWK; readonly privateKeys: ReadonlyMap<string, JWK> } {
  const kid = randomUUID();
  const secret = { ...generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' }), kid } as JWK;
  const { d: _d, ...publicKey } = secret;
  return { publicKey, privateKeys: new Map([[kid, secret]]) };
}
