import { type KeyObject, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyWithCertificate, newCertificate } from '../simulators/common/certificate.ts';
import { readJson, writeJson } from './files.ts';

/** To sign with, or to seal for. */
type KeyKind = 'RS256' | 'EdDSA' | 'ECDH-ES';

export type Jwk = Readonly<Record<string, unknown>> & { readonly kid: string };

/**
 * What is secret on this machine alone: made once, kept under the data folder, readable by its owner only. Each name is
 * made when it is first asked for, so a new service needs nothing here.
 */
export class Secrets {
  readonly #file: string;
  readonly #keys: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'secrets.json');
    this.#keys = join(dataDir, 'keys');
  }

  #once(name: string, make: () => string): string {
    const known = readJson<Record<string, string>>(this.#file) ?? {};
    if (known[name] !== undefined) return known[name];
    const made = make();
    writeJson(this.#file, { ...known, [name]: made });
    return made;
  }

  password(of: string): string {
    return this.#once(`password of ${of}`, () => randomBytes(24).toString('base64url'));
  }

  /** 32 bytes in base64, as the services want their look-up keys. */
  key(name: string): string {
    return this.#once(name, () => randomBytes(32).toString('base64'));
  }

  /** A key with its id in front, as the services want those that can be rotated. */
  namedKey(name: string): string {
    return this.#once(name, () => `k1:${randomBytes(32).toString('base64')}`);
  }

  /** The file with a private key for an issuer, made when it is missing. */
  keyFile(name: string, kind: KeyKind): string {
    const path = join(this.#keys, `${name}.json`);
    if (!existsSync(path)) writeJson(path, newJwk(name, kind));
    return path;
  }

  publicJwk(name: string, kind: KeyKind): Jwk {
    const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = this.privateJwk(name, kind);
    return open;
  }

  privateJwk(name: string, kind: KeyKind): Jwk {
    const jwk = readJson<Jwk>(this.keyFile(name, kind));
    if (jwk === undefined) throw new Error(`the key ${name} has gone`);
    return jwk;
  }

  /** A key with its certificate for Fiks, made when it is missing. */
  certificate(name: string): KeyWithCertificate {
    const path = join(this.#keys, `${name}-certificate.json`);
    if (!existsSync(path)) writeJson(path, newCertificate(name));
    return readJson<KeyWithCertificate>(path)!;
  }

  /** The file with the keys that actor tokens are signed with; the first signs. */
  signingKeysFile(name: string): string {
    const path = join(this.#keys, `${name}.json`);
    if (!existsSync(path)) writeJson(path, { keys: [newJwk(`${name}-1`, 'EdDSA')] });
    return path;
  }
}

function newKey(kind: KeyKind): KeyObject {
  if (kind === 'EdDSA') return generateKeyPairSync('ed25519').privateKey;
  if (kind === 'ECDH-ES') return generateKeyPairSync('x25519').privateKey;
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function newJwk(name: string, alg: KeyKind): Jwk {
  return {
    ...newKey(alg).export({ format: 'jwk' }),
    kid: `${name}-${randomBytes(6).toString('hex')}`,
    alg,
    use: alg === 'ECDH-ES' ? 'enc' : 'sig',
  };
}
