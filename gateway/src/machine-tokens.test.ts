import { startTokenIssuer } from '@ranselpost/infra/simulators/common/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MachineTokens, createMachineTokens } from './machine-tokens.ts';

let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let read: MachineTokens;
const scope = 'ranselpost:ranselpost/identity.read';
const options = { scopePrefix: 'ranselpost:ranselpost/', audiences: ['unspecified'] };

beforeAll(async () => {
  issuer = await startTokenIssuer();
  read = createMachineTokens({ ...options, issuer: issuer.issuer });
});
afterAll(() => issuer.stop());

const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('a machine token', () => {
  test('names the machine, its organisation and the scopes that are ours', async () => {
    expect(await read(await issuer.sign(`${scope} ks:fiks`))).toEqual({
      kind: 'machine',
      clientId: 'test',
      organisation: '310001236',
      scopes: [scope],
    });
  });

  test('is refused when it has expired, is signed by a stranger, is another issuer’s, or has no scope of ours', async () => {
    await expect(read(await issuer.sign(scope, { expires: -60 }))).rejects.toEqual(refused);
    await expect(read(await issuer.sign(scope, { foreign: true }))).rejects.toEqual(refused);
    await expect(read(await issuer.sign(scope, { issuer: 'https://evil.example/' }))).rejects.toEqual(
      refused,
    );
    await expect(read(await issuer.sign('ks:fiks'))).rejects.toEqual(refused);
    await expect(read(await issuer.sign(`x${scope}`))).rejects.toEqual(refused);
    await expect(read('eyJhbGciOiJub25lIn0.e30.')).rejects.toEqual(refused);
  });

  test('is refused for an audience that is not ours', async () => {
    const strict = createMachineTokens({
      ...options,
      issuer: issuer.issuer,
      audiences: ['https://ours.example'],
    });
    await expect(strict(await issuer.sign(scope))).rejects.toEqual(refused);
  });

  test('is known by an issuer that is configured without the slash at its end', async () => {
    const without = createMachineTokens({ ...options, issuer: issuer.issuer.replace(/\/$/, '') });
    expect(await without(await issuer.sign(scope))).toMatchObject({ kind: 'machine' });
  });

  test('cannot be judged while the issuer is away, which is not the caller’s fault', async () => {
    const away = createMachineTokens({ ...options, issuer: 'http://127.0.0.1:1/' });
    await expect(away(await issuer.sign(scope))).rejects.toEqual(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    );
  });
});
