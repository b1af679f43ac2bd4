import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Tries } from '../domain/pin.ts';

const hex = (bytes: Buffer) => sql`decode(${bytes.toString('hex')}, 'hex')`;
const at = (instant: Date | null) => sql`${instant?.toISOString() ?? null}::timestamptz`;
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export interface Hashed {
  readonly keyId: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export async function save(
  tx: Tx,
  personId: string,
  { keyId, salt, hash }: Hashed,
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into staff_pin (person_id, key_id, salt, hash, set_at)
    values (${personId}, ${keyId}, ${hex(salt)}, ${hex(hash)}, ${at(now)})
    on conflict (person_id) do update
      set key_id = excluded.key_id, salt = excluded.salt, hash = excluded.hash, set_at = excluded.set_at`);
}

/** As the service: the same PIN under another key; not if it has been set anew meanwhile. */
export async function keepUnder(
  tx: Tx,
  personId: string,
  before: Hashed,
  { keyId, salt, hash }: Hashed,
): Promise<void> {
  await tx.execute(sql`
    update staff_pin set key_id = ${keyId}, salt = ${hex(salt)}, hash = ${hex(hash)}
    where person_id = ${personId} and salt = ${hex(before.salt)}`);
}

/** The PIN of somebody who has a role at a unit on a day. */
export async function ofStaff(
  tx: Tx,
  { personId, unitId, today }: { readonly personId: string; readonly unitId: string; readonly today: string },
): Promise<(Hashed & { readonly setAt: Date }) | undefined> {
  const [row] = await tx.execute<{ key_id: string; salt: string; hash: string; set_at: string }>(sql`
    select key_id, encode(salt, 'hex') as salt, encode(hash, 'hex') as hash, set_at from staff_pin p
    where person_id = ${personId} and exists (
      select from staff_role r where r.person_id = p.person_id and r.unit_id = ${unitId}
        and r.from_day <= ${today}::date and (r.to_day is null or r.to_day > ${today}::date))`);
  return row === undefined
    ? undefined
    : {
        ...{ keyId: row.key_id, setAt: new Date(row.set_at) },
        ...{ salt: Buffer.from(row.salt, 'hex'), hash: Buffer.from(row.hash, 'hex') },
      };
}

export interface Tried {
  readonly tabletId: string;
  readonly personId: string;
}

/**
 * How often somebody was tried at a tablet, or nobody of that id, held until the transaction ends: of many tries at once each counts. The
 * same is written for everybody (S-06).
 */
export async function holdTries(
  tx: Tx,
  { tabletId, personId }: Tried,
  now: Date,
): Promise<Tries & { readonly triedAt: Date }> {
  const [row] = await tx.execute<{ failures: number; locked_until: string | null; tried_at: string }>(sql`
    insert into pin_try (tablet_id, tried_id, failures, tried_at) values (${tabletId}, ${personId}, 0, ${at(now)})
    on conflict (tablet_id, tried_id) do update set failures = pin_try.failures
    returning failures, locked_until, tried_at`);
  return {
    ...{ failures: row!.failures, lockedUntil: dateOf(row!.locked_until) },
    triedAt: new Date(row!.tried_at),
  };
}

export async function noteTry(
  tx: Tx,
  { tabletId, personId }: Tried,
  { failures, lockedUntil }: Tries,
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    update pin_try set failures = ${failures}, locked_until = ${at(lockedUntil)}, tried_at = ${at(now)}
    where tablet_id = ${tabletId} and tried_id = ${personId}`);
}

/** As the service: what was tried before an instant is of no use any more. */
export const forgetTries = async (tx: Tx, before: Date): Promise<void> =>
  void (await tx.execute(sql`delete from pin_try where tried_at < ${at(before)}`));

export const forgetAll = async (tx: Tx): Promise<void> => void (await tx.execute(sql`delete from staff_pin`));

export async function setAt(tx: Tx, personId: string): Promise<Date | null> {
  const [row] = await tx.execute<{ set_at: string }>(sql`
    select set_at from staff_pin where person_id = ${personId}`);
  return dateOf(row?.set_at ?? null);
}

export async function birthDateOf(tx: Tx, personId: string): Promise<string | null> {
  const [row] = await tx.execute<{ day: string | null }>(sql`
    select to_char(birth_date, 'YYYY-MM-DD') as day from person where person_id = ${personId}`);
  return row?.day ?? null;
}
