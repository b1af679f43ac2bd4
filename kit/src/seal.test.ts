import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sealedSchema } from '@ranselpost/schema/events/event';
import type { KeyRing } from './keys.ts';
import { openingKeys, sealingKey } from './keys.ts';
import { open, openOwn, seal, sealFor } from './seal.ts';
import { sealPair } from './testing/seal-pair.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const ring: KeyRing = { current: 'one', keys: new Map([['one', key(1)]]) };
const content = { number: '01818012345' };
const schema = z.object({ number: z.string() });

describe('a sealed content (S-10)', () => {
  test('opens for the same thing and shows nothing before', async () => {
    const sealed = await seal(ring, 'person-1', content);
    expect(sealedSchema.safeParse(sealed).success).toBe(true);
    expect(Buffer.from(sealed.replaceAll('.', ''), 'base64url').toString('latin1')).not.toContain(
      '01818012345',
    );
    expect(await open(ring, 'person-1', sealed, schema)).toEqual(content);
  });

  test('is another text each time', async () => {
    expect(await seal(ring, 'person-1', content)).not.toBe(await seal(ring, 'person-1', content));
  });

  test('does not open about another thing', async () => {
    const sealed = await seal(ring, 'person-1', content);
    await expect(open(ring, 'person-2', sealed, schema)).rejects.toThrow();
  });

  test('does not open when it was changed, also in the part that says what it is about', async () => {
    const [header, ...rest] = (await seal(ring, 'person-1', content)).split('.');
    const forged = JSON.parse(Buffer.from(header!, 'base64url').toString()) as object;
    const renamed = Buffer.from(JSON.stringify({ ...forged, sub: 'person-2' })).toString('base64url');
    await expect(open(ring, 'person-2', [renamed, ...rest].join('.'), schema)).rejects.toThrow();
  });

  test('opens with an old key while it is in the ring, and not after', async () => {
    const sealed = await seal(ring, 'person-1', content);
    const rotated: KeyRing = { current: 'two', keys: new Map([['two', key(2)], ...ring.keys]) };
    expect(await open(rotated, 'person-1', sealed, schema)).toEqual(content);
    await expect(
      open({ ...rotated, keys: new Map([['two', key(2)]]) }, 'person-1', sealed, schema),
    ).rejects.toThrow();
  });

  test('does not open with another key of the same name', async () => {
    const sealed = await seal(ring, 'person-1', content);
    const other: KeyRing = { current: 'one', keys: new Map([['one', key(9)]]) };
    await expect(open(other, 'person-1', sealed, schema)).rejects.toThrow();
  });

  test('must have the shape that was asked for', async () => {
    const sealed = await seal(ring, 'person-1', { other: true });
    await expect(open(ring, 'person-1', sealed, schema)).rejects.toThrow();
  });
});

describe('a content sealed for somebody else (ARK-01)', () => {
  test('opens for the holder of the private key and the same thing alone', async () => {
    const { publicKey, privateKeys } = sealPair();
    const sealed = await sealFor(publicKey, 'form-1', content);
    expect(sealedSchema.safeParse(sealed).success).toBe(true);
    expect(await openOwn(privateKeys, 'form-1', sealed, schema)).toEqual(content);
    await expect(openOwn(privateKeys, 'form-2', sealed, schema)).rejects.toThrow();
    await expect(openOwn(sealPair().privateKeys, 'form-1', sealed, schema)).rejects.toThrow();
    await expect(openOwn(new Map([[publicKey.kid!, publicKey]]), 'form-1', sealed, schema)).rejects.toThrow();
  });

  test('has keys that do not pass for each other', () => {
    const { publicKey, privateKeys } = sealPair();
    const [secret] = privateKeys.values();
    expect(sealingKey.safeParse(JSON.stringify(publicKey)).success).toBe(true);
    expect(sealingKey.safeParse(JSON.stringify(secret)).success).toBe(false);
    expect(openingKeys.parse(JSON.stringify({ keys: [secret] }))).toEqual(privateKeys);
    expect(openingKeys.safeParse(JSON.stringify(publicKey)).success).toBe(false);
    for (const wrong of ['', 'null', '{"keys":[]}', '{}'])
      expect([sealingKey.safeParse(wrong).success, openingKeys.safeParse(wrong).success]).toEqual([
        false,
        false,
      ]);
  });
});
