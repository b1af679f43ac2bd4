import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Broadcast } from '../src/domain/broadcast.ts';
import { type KeyedWish, sendBroadcast } from '../src/usecases/send-broadcast.ts';
import type { TimerDeps } from '../src/usecases/deps.ts';
import { sendNextBroadcast, tellNextRecipients } from '../src/usecases/send-due-broadcasts.ts';
import { places } from './families.ts';
import type { World } from './world.ts';

export const toSchool = { unitId: places.school, groupId: null };
export const toGroupA = { unitId: places.school, groupId: places.groupA };

export const wishFor = (more: Partial<KeyedWish> = {}): KeyedWish => ({
  ...{ places: [toSchool], isStarting: false, isReread: false, urgentReason: null, sendAt: null },
  ...{ text: { title: 'Tur på torsdag', body: 'Husk matpakke og gode sko.' }, files: [], confirmation: null },
  ...{ idempotencyKey: newId(), ...more },
});

/** Has somebody send a broadcast, which must be taken. */
export async function waiting(
  world: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<KeyedWish> = {},
): Promise<Broadcast> {
  const result = await sendBroadcast(world.deps, actor, wishFor(more));
  if (!result.ok) throw new Error(`not taken: ${result.refusal.kind}`);
  return result.value;
}

/** What the timer has, some minutes later. */
export const later = (world: Pick<World, 'deps'>, minutes = 2): TimerDeps => ({
  ...{ ...world.deps, maxStaleness: 60 },
  now: () => new Date(Date.now() + minutes * 60_000),
});

/** Does all that is due some minutes later. */
export async function passTime(world: Pick<World, 'deps'>, minutes = 2): Promise<void> {
  const deps = later(world, minutes);
  while (await sendNextBroadcast(deps));
  while (await tellNextRecipients(deps));
}

/** Has somebody send a broadcast, and time pass until it is out. */
export async function sentBroadcast(
  world: Pick<World, 'deps'>,
  actor: Actor,
  more: Partial<KeyedWish> = {},
): Promise<Broadcast> {
  const broadcast = await waiting(world, actor, more);
  await passTime(world);
  return broadcast;
}
