import { aboutNobody } from '@ranselpost/kit/answer';
import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forget } from '../store/push-devices.ts';
import { pushDevices } from '../testing/push-devices.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';
import { forgetGoneDevice } from '../usecases/register-push-device.ts';

let world: World;
let service: TestService;
let devices: ReturnType<typeof pushDevices>;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
  devices = pushDevices(service, world);
  await world.told();
});
afterAll(async () => {
  await service.close();
  await world.close();
});

test.each<[string, Actor]>([
  ['a machine', { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] }],
  ['one of our services', { kind: 'service', name: 'gateway' }],
])('%s removes none', async (_who, actor) => {
  expect(await devices.remove(actor, newId())).toBe('FORBIDDEN');
});

test('devices are one’s own, in the capacity one is signed in with, and nobody else meets or removes them (N14, GUA-24)', async () => {
  const { mother, father } = world.id;
  const id = await devices.register(guardian(mother));
  for (const other of [guardian(father), staff(mother), staff(world.id.leader)]) {
    expect(await devices.seen(other)).toEqual([]);
    expect(await devices.remove(other, id)).toBe('NOT_FOUND');
  }
  expect(await devices.seen(guardian(mother))).toEqual([id]);
  expect(await devices.remove(guardian(mother), id)).toBe(id);
  expect(await devices.remove(guardian(mother), id)).toBe('NOT_FOUND');
  expect(await devices.remove(guardian(mother), 'no id')).toBe('NOT_FOUND');
  expect((await devices.told()).at(-1)).toMatchObject({ subscriptionId: id, sealed: null });
});

test('a browser that is gone at its push service is on nobody’s list any more, nobody else’s is touched, and twice is once', async () => {
  const { mother, father } = world.id;
  const gone = await devices.register(guardian(mother));
  const other = await devices.register(guardian(father));
  for (const deviceId of [gone, gone, newId()])
    await world.deps.db.asService((tx) => forgetGoneDevice({ ...world.deps, db: tx }, deviceId));
  expect(await devices.seen(guardian(mother))).toEqual([]);
  expect(await devices.seen(guardian(father))).toEqual([other]);
  expect((await devices.told()).filter(({ subscriptionId }) => subscriptionId === gone)).toHaveLength(2);
  // In somebody's name the database lets go of their own alone, whatever the code asks for (S-12).
  await world.deps.db.decide(
    guardian(mother),
    async () => {},
    async (tx) => aboutNobody(expect(await forget(tx, other)).toBeUndefined()),
  );
});
