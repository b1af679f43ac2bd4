import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPin, inTurn, mostAtOnce, newSeasoning } from './hash-pin.ts';

test('of many that are hashed at once most wait, and too many are refused', async () => {
  let isFree = false;
  let most = 0;
  let now = 0;
  const free = Promise.withResolvers<void>();
  const work = async () => {
    most = Math.max(most, (now += 1));
    await free.promise;
    now -= 1;
    return isFree;
  };
  const asked = Array.from({ length: mostAtOnce + 40 }, () => inTurn(work));
  await expect(inTurn(work)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  isFree = true;
  free.resolve();
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
  expect(most).toBe(mostAtOnce);
  await expect(inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await inTurn(async () => 'again')).toBe('again');
});

test('a PIN is another one under each key, and wrong when its key is gone', async () => {
  const ring = (...ids: string[]) => ({
    keys: { current: ids[0]!, keys: new Map(ids.map((id) => [id, keyOf(id)])) },
  });
  const bytes = new Map<string, Uint8Array>();
  const keyOf = (id: string) => bytes.get(id) ?? bytes.set(id, randomBytes(32)).get(id)!;
  const before = newSeasoning(ring('old'));
  const of = async (...ids: string[]) => (await hashPin(ring(...ids), 'somebody', '482915', before)).hash;
  const set = await of('old');
  expect(await of('new', 'old')).toEqual(set);
  expect(await of('new')).not.toEqual(set);
  expect((await hashPin(ring('new'), 'somebody', '482915', { ...before, keyId: 'new' })).hash).not.toEqual(
    set,
  );
});
