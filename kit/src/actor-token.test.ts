import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createActorSigner, localActorVerifier, remoteActorVerifier } from './actor-token.ts';
import { newId } from './ids.ts';
import type { Actor } from './pure/actor.ts';
import { guardian, testActors } from './testing/actors.ts';

const newKey = async (kid: string): Promise<JWK> => ({
  ...(await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).privateKey)),
  kid,
});
const [one, two] = [await newKey('one'), await newKey('two')];
const signer = await createActorSigner('gateway', { keys: [one] });
const verify = localActorVerifier('gateway', 'attendance', signer.publicKeys);
const key = await importJWK(one, 'EdDSA');
const actor = guardian();
const unauthenticated = { code: 'UNAUTHENTICATED', message: 'the actor token does not hold' };

describe('an actor token (S-13)', () => {
  test.each<[string, Actor]>([
    ['guardian', actor],
    ['staff', { kind: 'staff', personId: newId(), level: 'high' }],
    ['machine', { kind: 'machine', clientId: 'c', organisation: '310001236', scopes: ['a:b/c.read'] }],
    ['service', { kind: 'service', name: 'identity' }],
  ])('carries a %s', async (_kind, carried) => {
    expect(await verify(await signer.sign(carried, 'attendance'))).toEqual({ actor: carried, seen: null });
  });

  test('holds once', async () => {
    const token = await signer.sign(actor, 'attendance');
    await verify(token);
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  test('says nothing of rights', async () => {
    const [, payload] = (await signer.sign(actor, 'attendance')).split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>;
    expect(Object.keys(claims).toSorted()).toEqual(['actor', 'aud', 'exp', 'iat', 'iss', 'jti']);
    expect(claims['actor']).toEqual(actor);
  });

  const token = (header: object = {}) =>
    new SignJWT({ actor })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'actor+jwt', kid: 'one', ...header })
      .setIssuer('gateway')
      .setAudience('attendance')
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime('60s');
  const at = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  test.each<[string, () => Promise<string> | string]>([
    ['empty', () => ''],
    ['no token', () => 'a.b.c'],
    ['for another audience', () => signer.sign(actor, 'identity')],
    ['for two audiences', () => token().setAudience(['attendance', 'identity']).sign(key)],
    ['of another issuer', () => token().setIssuer('elsewhere').sign(key)],
    ['expired', () => token().setIssuedAt(at(-61)).setExpirationTime(at(-1)).sign(key)],
    ['issued in the future', () => token().setIssuedAt(at(30)).sign(key)],
    [
      'older than a minute, whatever it says of itself',
      () => token().setIssuedAt(at(-61)).setExpirationTime('1h').sign(key),
    ],
    ['of no type', () => token({ typ: undefined }).sign(key)],
    ['of another type', () => token({ typ: 'JWT' }).sign(key)],
    ['without an id', () => token().setJti('').sign(key)],
    [
      'signed with another key of the same name',
      async () => token().sign(await importJWK({ ...two, kid: 'one' }, 'EdDSA')),
    ],
    [
      'signed with a key that nobody published',
      async () => token({ kid: 'two' }).sign(await importJWK(two, 'EdDSA')),
    ],
    [
      'signed with the public key as a secret',
      () => token({ alg: 'HS256' }).sign(Buffer.from(one.x!, 'base64url')),
    ],
    [
      'unsigned',
      () =>
        new UnsecuredJWT({ actor })
          .setIssuer('gateway')
          .setAudience('attendance')
          .setJti('x')
          .setIssuedAt()
          .setExpirationTime('60s')
          .encode(),
    ],
    [
      'of an actor that is none',
      () =>
        new SignJWT({ actor: { kind: 'guardian' } })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'actor+jwt', kid: 'one' })
          .setIssuer('gateway')
          .setAudience('attendance')
          .setJti('y')
          .setIssuedAt()
          .setExpirationTime('60s')
          .sign(key),
    ],
  ])('is refused when it is %s', async (_what, make) => {
    await expect(verify(await make())).rejects.toMatchObject(unauthenticated);
  });
});

describe('keys that rotate', () => {
  test('are all published, without their private part', async () => {
    const { publicKeys } = await createActorSigner('gateway', { keys: [two, one] });
    expect(publicKeys.keys.map(({ kid }) => kid)).toEqual(['two', 'one']);
    expect(JSON.stringify(publicKeys)).not.toContain(one.d!);
    expect(publicKeys.keys.some((published) => 'd' in published)).toBe(false);
  });

  test('let tokens of the old and the new key hold side by side', async () => {
    const rotated = await createActorSigner('gateway', { keys: [two, one] });
    const verifyBoth = localActorVerifier('gateway', 'attendance', rotated.publicKeys);
    expect(await verifyBoth(await signer.sign(actor, 'attendance'))).toEqual({ actor, seen: null });
    expect(await verifyBoth(await rotated.sign(actor, 'attendance'))).toEqual({ actor, seen: null });
  });

  test('are fetched where they are published; nobody is let in while they cannot be', async () => {
    const actors = await testActors();
    const remote = remoteActorVerifier(actors.issuer, 'attendance', new URL(actors.jwksUrl));
    expect(await remote(await actors.sign(actor, 'attendance'))).toEqual({ actor, seen: null });
    const token = await actors.sign(actor, 'attendance');
    await actors.close();
    const late = remoteActorVerifier(actors.issuer, 'attendance', new URL(actors.jwksUrl));
    await expect(late(token)).rejects.toMatchObject(unauthenticated);
  });
});

describe('a used token', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.now() }));
  afterEach(() => void vi.useRealTimers());

  test('is remembered for as long as it could be used again', async () => {
    const fresh = localActorVerifier('gateway', 'attendance', signer.publicKeys);
    for (const wait of [1, 30, 59, 61, 200]) {
      const token = await signer.sign(actor, 'attendance');
      await fresh(token);
      vi.advanceTimersByTime(wait * 1000);
      await fresh(await signer.sign(actor, 'attendance'));
      await expect(fresh(token)).rejects.toMatchObject(unauthenticated);
    }
  });
});
