import { AppError } from '@ranselpost/kit/pure/errors';
import { pushDeviceSchema } from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import {
  readPushDevices,
  registerPushDevice as register,
  removePushDevice as remove,
} from '../usecases/register-push-device.ts';
import type { MutationResolvers, SettingsResolvers } from './generated/types.ts';

export const registerPushDevice: NonNullable<MutationResolvers['registerPushDevice']> = async (
  _parent,
  { input: { endpoint, p256dh, auth } },
  { deps, actor },
) => {
  const device = pushDeviceSchema.safeParse({ endpoint, keys: { p256dh, auth } });
  if (!device.success) throw new AppError('BAD_USER_INPUT', 'not a push subscription');
  return { __typename: 'PushDeviceRegistered', device: toDevice(await register(deps, actor, device.data)) };
};

export const removePushDevice: NonNullable<MutationResolvers['removePushDevice']> = async (
  _parent,
  { input: { deviceId } },
  { deps, actor },
) => ({ __typename: 'PushDeviceRemoved', deviceId: await remove(deps, actor, deviceId) });

export const devices: Pick<SettingsResolvers, 'pushDevices' | 'pushKey'> = {
  pushDevices: async (_settings, _arguments, { deps, actor }) =>
    (await readPushDevices(deps, actor)).map(toDevice),
  pushKey: (_settings, _arguments, { deps }) => deps.pushKey,
};

const toDevice = ({ id, registeredAt }: { readonly id: string; readonly registeredAt: Date }) => ({
  id,
  registeredAt: registeredAt.toISOString(),
});
