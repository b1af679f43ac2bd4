import type { Actor } from '@ranselpost/kit/pure/actor';
import type { TestService } from './service.ts';
import type { World } from './world.ts';

/** What a browser gives when it subscribes. */
export const browser = (name: string) => ({
  ...{ endpoint: `https://push.example.test/${name}`, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
});

/** Asks about devices as somebody, and answers ids, or the code of the refusal. */
export const pushDevices = (service: TestService, world: World) => ({
  register: async (actor: Actor, input: object = browser('one')): Promise<string> => {
    const { data, errors } = await service.ask(
      actor,
      `mutation ($input: RegisterPushDeviceInput!) { registerPushDevice(input: $input) {
        ... on PushDeviceRegistered { device { id } } } }`,
      { input },
    );
    return data?.registerPushDevice.device.id ?? errors?.[0]?.extensions.code ?? '';
  },
  remove: async (actor: Actor, deviceId: string): Promise<string> => {
    const { data, errors } = await service.ask(
      actor,
      `mutation ($input: RemovePushDeviceInput!) { removePushDevice(input: $input) {
        ... on PushDeviceRemoved { deviceId } } }`,
      { input: { deviceId } },
    );
    return data?.removePushDevice.deviceId ?? errors?.[0]?.extensions.code ?? '';
  },
  seen: async (actor: Actor): Promise<readonly string[]> => {
    const { data } = await service.ask(
      actor,
      '{ viewer { settings { pushKey pushDevices { id registeredAt } } } }',
    );
    return data.viewer.settings.pushDevices.map(({ id }: { id: string }) => id);
  },
  told: async () =>
    (await world.told())
      .filter(({ type }) => type === 'identity.push-subscription.changed.v1')
      .map(({ data }) => data),
});
