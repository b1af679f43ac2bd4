import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
  readonly key: CryptoKey;
  readonly publicKey: CryptoKey;
}

/**
 * The issuer's RS256 key, made at the first start and kept after that: a client that has cached the key set
 * must not see a new key just because the simulator was restarted. Without a folder the key lives in memory.
 */
export async function loadSigningKey(stateDir: string | undefined, name: string): Promise<SigningKey> {
  const path = stateDir && join(stateDir, `${name}-signing-key.json`);
  const kept = path && (await readKept(path));
  const privateJwk = kept || (await makeKey());
  if (path && !kept) await keep(stateDir, path, privateJwk);
  const { kty, n, e, kid } = privateJwk;
  const publicJwk = { kty, n, e, kid, alg: 'RS256', use: 'sig' } as JWK;
  const [key, publicKey] = await Promise.all([privateJwk, publicJwk].map((jwk) => importJWK(jwk, 'RS256')));
  return {
    kid: String(kid),
    privateJwk,
    publicJwk,
    key: key as CryptoKey,
    publicKey: publicKey as CryptoKey,
  };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

async function readKept(path: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JWK;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the signing key in ${path} cannot be read; delete the file to get a new one`, { cause });
  }
}

async function keep(stateDir: string, path: string, jwk: JWK): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  const half = `${path}.${process.pid}`;
  await writeFile(half, JSON.stringify(jwk), { mode: 0o600 });
  await rename(half, path);
}
