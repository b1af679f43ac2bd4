import { aboutNobody } from '@ranselpost/kit/answer';
import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { sealFor } from '@ranselpost/kit/seal';
import {
  type PushDevice,
  pushSubscriptionChangedV1,
} from '@ranselpost/schema/events/identity/push-subscription-changed.v1';
import { createHash } from 'node:crypto';
import { type Owner, devicesMost, ownerOf } from '../domain/settings.ts';
import * as devices from '../store/push-devices.ts';
import * as settings from '../store/settings.ts';
import type { ArchiveDeps, Deps, EventDeps } from './deps.ts';

/**
 * Has pushes go to a browser of the actor's. Where it is, is sealed at once for whoever sends, and neither kept nor told otherwise
 * (decision 0029). The same browser again is the same device.
 */
export const registerPushDevice = (
  deps: ArchiveDeps,
  actor: Actor,
  device: PushDevice,
): Promise<devices.PushDeviceView> =>
  deps.db.decide(
    actor,
    async () => ownerOf(actor),
    async (tx, owner) => {
      // Held, so that of two at once the later sees the earlier; nobody has settings who is nobody.
      if ((await settings.hold(tx, owner)) === undefined) throw new AppError('NOT_FOUND');
      const endpointHash = createHash('sha256').update(device.endpoint).digest();
      const deviceId = (await devices.idOf(tx, owner, endpointHash)) ?? deps.newId();
      const sealed = await sealFor(deps.archiveKey, deviceId, device);
      const registeredAt = deps.now();
      await devices.keep(tx, { ...owner, deviceId, endpointHash, sealed, registeredAt });
      const tooMany = (await devices.of(tx, owner))
        .filter(({ id }) => id !== deviceId)
        .slice(devicesMost - 1);
      for (const { id } of tooMany) await devices.remove(tx, owner, id);
      await tellAll(tx, [
        toDeviceFact({ ...owner, deviceId, sealed }),
        ...tooMany.map(({ id }) => toDeviceFact({ ...owner, deviceId: id, sealed: null })),
      ]);
      return aboutNobody({ id: deviceId, registeredAt });
    },
  );

/** Has pushes go to one of the actor's browsers no more. */
export const removePushDevice = (deps: Deps, actor: Actor, deviceId: string): Promise<string> =>
  deps.db.decide(
    actor,
    async () => ownerOf(actor),
    async (tx, owner) => {
      if (!isId(deviceId) || !(await devices.remove(tx, owner, deviceId))) throw new AppError('NOT_FOUND');
      await tellAll(tx, [toDeviceFact({ ...owner, deviceId, sealed: null })]);
      return aboutNobody(deviceId);
    },
  );

/** A push service knows a browser no more: it is no device of anybody's from now on, and a restored copy hears so too. */
export async function forgetGoneDevice({ db }: EventDeps, deviceId: string): Promise<void> {
  const owner = await devices.forget(db, deviceId);
  if (owner !== undefined) await tellAll(db, [toDeviceFact({ ...owner, deviceId, sealed: null })]);
}

/** The actor's devices. */
export const readPushDevices = (deps: Deps, actor: Actor): Promise<readonly devices.PushDeviceView[]> =>
  deps.db.asActor(actor, async (tx) => aboutNobody(await devices.of(tx, ownerOf(actor))));

/** The devices of some people, as they are told in a snapshot. */
export const deviceFacts = async (
  { db }: EventDeps,
  personIds: readonly string[],
): Promise<readonly Fact[]> => (await devices.told(db, personIds)).map(toDeviceFact);

const toDeviceFact = ({
  deviceId,
  personId,
  capacity,
  sealed,
}: Owner & { readonly deviceId: string; readonly sealed: string | null }): Fact =>
  fact(pushSubscriptionChangedV1, { subscriptionId: deviceId, personId, capacity, sealed });
