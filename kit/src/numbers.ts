import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyRing } from './keys.ts';

/** A national number as it may lie in a database: never in the clear, and of no use under another person (S-10). */
export interface EncryptedNumber {
  readonly keyId: string;
  /** Nonce (12 bytes), ciphertext, tag (16 bytes). */
  readonly ciphertext: Buffer;
}

/** AES-256-GCM with the key id and the person's id as bound data. */
export function encryptNumber(ring: KeyRing, personId: string, number: string): EncryptedNumber {
  const key = ring.keys.get(ring.current);
  if (key === undefined) throw new Error(`no key ${ring.current} in the ring`);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundData(ring.current, personId));
  const body = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
  return { keyId: ring.current, ciphertext: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

/** Throws when the key is unknown, or the number was encrypted for another person. */
export function decryptNumber(ring: KeyRing, personId: string, encrypted: EncryptedNumber): string {
  const key = ring.keys.get(encrypted.keyId);
  if (key === undefined) throw new Error(`encrypted with the unknown key ${encrypted.keyId}`);
  const { ciphertext } = encrypted;
  const decipher = createDecipheriv('aes-256-gcm', key, ciphertext.subarray(0, 12))
    .setAAD(boundData(encrypted.keyId, personId))
    .setAuthTag(ciphertext.subarray(-16));
  return Buffer.concat([decipher.update(ciphertext.subarray(12, -16)), decipher.final()]).toString('utf8');
}

/** The keyed hash that a number is found by (HMAC-SHA-256, another key than the encryption's). */
export const lookupHash = (key: Uint8Array, number: string): Buffer =>
  createHmac('sha256', key).update(number, 'utf8').digest();

const boundData = (keyId: string, personId: string): Buffer => Buffer.from(`${keyId}:${personId}`, 'utf8');
