import { describe, expect, test } from 'vitest';
import type { KeyRing } from './keys.ts';
import { decryptNumber, encryptNumber, lookupHash } from './numbers.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const ring: KeyRing = { current: 'one', keys: new Map([['one', key(1)]]) };
const number = '01818012345';

describe('an encrypted number (S-10)', () => {
  test('is read back, and is another text each time', () => {
    const [one, other] = [encryptNumber(ring, 'p1', number), encryptNumber(ring, 'p1', number)];
    expect(decryptNumber(ring, 'p1', one)).toBe(number);
    expect(one.ciphertext.equals(other.ciphertext)).toBe(false);
    expect(one.ciphertext.toString('latin1')).not.toContain(number);
  });

  test('is of no use under another person or another key id', () => {
    const encrypted = encryptNumber(ring, 'p1', number);
    expect(() => decryptNumber(ring, 'p2', encrypted)).toThrow();
    const renamed: KeyRing = { current: 'two', keys: new Map([['two', key(1)]]) };
    expect(() => decryptNumber(renamed, 'p1', { ...encrypted, keyId: 'two' })).toThrow();
    expect(() => decryptNumber(renamed, 'p1', encrypted)).toThrow('unknown key');
  });

  test('does not decrypt when a bit of it was changed', () => {
    const { keyId, ciphertext } = encryptNumber(ring, 'p1', number);
    for (const place of [0, 15, ciphertext.length - 1]) {
      const changed = Buffer.from(ciphertext);
      changed[place]! ^= 1;
      expect(() => decryptNumber(ring, 'p1', { keyId, ciphertext: changed })).toThrow();
    }
    expect(() => decryptNumber(ring, 'p1', { keyId, ciphertext: ciphertext.subarray(0, 20) })).toThrow();
  });

  test('is read with its old key after the ring was rotated', () => {
    const encrypted = encryptNumber(ring, 'p1', number);
    const rotated: KeyRing = { current: 'two', keys: new Map([['two', key(2)], ...ring.keys]) };
    expect(decryptNumber(rotated, 'p1', encrypted)).toBe(number);
    expect(encryptNumber(rotated, 'p1', number).keyId).toBe('two');
  });
});

test('a number is found by a hash that nobody can make without the key', () => {
  expect(lookupHash(key(1), number)).toEqual(lookupHash(key(1), number));
  expect(lookupHash(key(1), number)).not.toEqual(lookupHash(key(2), number));
  expect(lookupHash(key(1), number)).not.toEqual(lookupHash(key(1), '01818012346'));
});
