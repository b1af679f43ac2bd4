import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { atTablet, guardian, staff } from '@ranselpost/kit/testing/actors';
import { noDatabase } from '@ranselpost/kit/testing/database';
import { expect, test } from 'vitest';
import { type Deps } from './deps.ts';
import { setPin } from './set-pin.ts';

test.each<[string, Actor]>([
  ['a guardian', guardian()],
  ['somebody whom a PIN has let in at a tablet', atTablet(staff(), newId())],
  ['a machine', { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] }],
  ['one of our services', { kind: 'service', name: 'gateway' }],
])('a PIN is not for %s to set (T16, GUA-24)', async (_who, actor) => {
  const deps = { db: noDatabase(), now: () => new Date() } as Partial<Deps> as Deps;
  await expect(setPin(deps, actor, '482915')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('nor for whoever has found a browser open in which somebody of the staff had signed in (T16)', async () => {
  const deps = { db: noDatabase(), now: () => new Date() } as Partial<Deps> as Deps;
  expect(await setPin(deps, staff(), '482915')).toEqual({ ok: false, refusal: { kind: 'login-not-fresh' } });
});
