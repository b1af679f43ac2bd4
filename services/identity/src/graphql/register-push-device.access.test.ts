import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { pushDeviceSchema } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { devicesMost } from '../domain/settings.ts';
import { browser, pushDevices } from '../testing/push-devices.ts';
import { type TestService, startService } from '../testing/service.ts';
import { type World, openWorld } from '../testing/world.ts';
import { startSnapshot, tellSnapshotBatch } from '../usecases/snapshot.ts';

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
])('%s has no browser', async (_who, actor) => {
  expect(await devices.register(actor)).toBe('FORBIDDEN');
});

test('whoever nobody has met has none, nor is anything that is no subscription one', async () => {
  expect(await devices.register(guardian(newId()))).toBe('NOT_FOUND');
  const mother = guardian(world.id.mother);
  for (const wrong of [
    { endpoint: 'not an address' },
    { p256dh: 'short' },
    { auth: 'with spaces in it       ' },
  ])
    expect(await devices.register(mother, { ...browser('one'), ...wrong })).toBe('BAD_USER_INPUT');
  expect(await devices.told()).toEqual([]);
});

test('a browser is registered once, is told sealed for whoever sends, and nothing else says where it is (decision 0029)', async () => {
  const mother = guardian(world.id.mother);
  const id = await devices.register(mother);
  expect(await devices.register(mother)).toBe(id);
  const [first] = await devices.told();
  expect(first).toMatchObject({ subscriptionId: id, personId: world.id.mother, capacity: 'guardian' });
  const opened = await openOwn(world.archiveKeys, id, String(first!['sealed']), pushDeviceSchema);
  expect(opened.endpoint).toBe(browser('one').endpoint);
  const dump = JSON.stringify([first, await world.database.admin`select * from push_device`]);
  expect(dump).not.toContain('push.example.test');
});

test('one too many takes the place of the oldest, and a snapshot tells those that are left', async () => {
  const father = guardian(world.id.father);
  const ids: string[] = [];
  for (let place = 0; place <= devicesMost; place += 1) {
    world.setNow(`2026-11-21T08:${String(place).padStart(2, '0')}:00Z`);
    ids.push(await devices.register(father, browser(`browser ${place}`.replaceAll(' ', '-'))));
  }
  expect(await devices.seen(father)).toEqual(ids.slice(1).toReversed());
  expect((await devices.told()).filter(({ sealed }) => sealed === null)).toMatchObject([
    { subscriptionId: ids[0] },
  ]);
  await startSnapshot(world.deps);
  while (await tellSnapshotBatch(world.deps));
  const again = (await devices.told()).filter(({ personId }) => personId === world.id.father);
  expect(new Set(again.map(({ subscriptionId }) => subscriptionId))).toEqual(new Set(ids.slice(1)));
  expect(again).toHaveLength(ids.length - 1);
});

test('the database shows and changes nobody else’s, when the policy is off (S-12)', async () => {
  const { deps, id } = world;
  const kept = await import('../store/push-devices.ts');
  const asked = { personId: id.father, capacity: 'guardian' as const };
  const { aboutNobody } = await import('@ranselpost/kit/answer');
  for (const actor of [guardian(id.mother), staff(id.father)]) {
    expect(await deps.db.asActor(actor, async (tx) => aboutNobody(await kept.of(tx, asked)))).toEqual([]);
    const [mine] = await devices.seen(guardian(id.father));
    const removing = deps.db.decide(
      actor,
      async () => null,
      async (tx) => aboutNobody(await kept.remove(tx, asked, mine!)),
    );
    expect(await removing).toBe(false);
  }
  expect(await devices.seen(guardian(id.father))).toHaveLength(devicesMost);
});
