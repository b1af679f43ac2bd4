import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Owner } from '../domain/settings.ts';
import { idsOf } from './json.ts';

/** A browser that somebody wants pushes on, as its owner sees it. */
export interface PushDeviceView {
  readonly id: string;
  readonly registeredAt: Date;
}

/** What is kept of one: where it is, sealed for whoever sends. */
export interface KeptDevice extends Owner {
  readonly deviceId: string;
  readonly endpointHash: Buffer;
  readonly sealed: string;
  readonly registeredAt: Date;
}

/** An owner's devices, the newest first. */
export async function of(tx: Tx, { personId, capacity }: Owner): Promise<readonly PushDeviceView[]> {
  const rows = await tx.execute<{ id: string; at: string }>(sql`
    select device_id as id, registered_at as at from push_device
    where person_id = ${personId} and capacity = ${capacity} order by registered_at desc, device_id`);
  return rows.map(({ id, at }) => ({ id, registeredAt: new Date(at) }));
}

/** The id of a browser that was registered before. */
export async function idOf(
  tx: Tx,
  { personId, capacity }: Owner,
  endpointHash: Buffer,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select device_id as id from push_device
    where person_id = ${personId} and capacity = ${capacity} and endpoint_hash = ${endpointHash}`);
  return row?.id;
}

export async function keep(tx: Tx, device: KeptDevice): Promise<void> {
  const { deviceId, personId, capacity, endpointHash, sealed, registeredAt } = device;
  await tx.execute(sql`
    insert into push_device (device_id, person_id, capacity, endpoint_hash, sealed, registered_at)
    values (${deviceId}, ${personId}, ${capacity}, ${endpointHash}, ${sealed}, ${registeredAt.toISOString()})
    on conflict (device_id) do update set sealed = excluded.sealed, registered_at = excluded.registered_at`);
}

/** Takes one of an owner's devices away; false where they have none of that id. */
export async function remove(tx: Tx, { personId, capacity }: Owner, deviceId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    delete from push_device where device_id = ${deviceId} and person_id = ${personId} and capacity = ${capacity}
    returning device_id`);
  return rows.length > 0;
}

/** Takes a device away whosever it is, in nobody's name. Answers whose it was. */
export async function forget(tx: Tx, deviceId: string): Promise<Owner | undefined> {
  const [row] = await tx.execute<Owner & Record<string, unknown>>(sql`
    delete from push_device where device_id = ${deviceId} returning person_id as "personId", capacity`);
  return row;
}

export interface ToldDevice extends Owner {
  readonly deviceId: string;
  readonly sealed: string;
}

/** The devices of some people, as they were told. */
export async function told(tx: Tx, personIds: readonly string[]): Promise<readonly ToldDevice[]> {
  const rows = await tx.execute<ToldDevice & Record<string, unknown>>(sql`
    select device_id as "deviceId", person_id as "personId", capacity, sealed from push_device
    where person_id = any (${idsOf(personIds)}) order by person_id, device_id`);
  return [...rows];
}
