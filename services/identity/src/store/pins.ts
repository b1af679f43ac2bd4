import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Tries } from '../domain/pin.ts';

const hex = (bytes: Buffer) => sql`decode(${bytes.toString('hex')}, 'hex')`;

export interface Hashed {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export async function save(tx: Tx, personId: string, { salt, hash }: Hashed, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into staff_pin (person_id, salt, hash, set_at)
    values (${personId}, ${hex(salt)}, ${hex(hash)}, ${now.toISOString()}::timestamptz)
    on conflict (person_id) do update
      set salt = excluded.salt, hash = excluded.hash, set_at = excluded.set_at, failures = 0, locked_until = null`);
}

/** What the PIN of somebody is salted with, who has a role at a unit on a day. */
export async function saltOf(
  tx: Tx,
  { personId, unitId, today }: { readonly personId: string; readonly unitId: string; readonly today: string },
): Promise<Buffer | undefined> {
  const [row] = await tx.execute<{ salt: string }>(sql`
    select encode(salt, 'hex') as salt from staff_pin p
    where person_id = ${personId} and exists (
      select from staff_role r where r.person_id = p.person_id and r.unit_id = ${unitId}
        and r.from_day <= ${today}::date and (r.to_day is null or r.to_day > ${today}::date))`);
  return row === undefined ? undefined : Buffer.from(row.salt, 'hex');
}

/** Somebody's PIN and how often it was tried, held until the transaction ends: of many tries at once each counts. */
export async function hold(
  tx: Tx,
  personId: string,
): Promise<(Tries & { readonly hash: Buffer }) | undefined> {
  const [row] = await tx.execute<{ hash: string; failures: number; locked_until: string | null }>(sql`
    select encode(hash, 'hex') as hash, failures, locked_until from staff_pin where person_id = ${personId} for update`);
  return row === undefined
    ? undefined
    : {
        hash: Buffer.from(row.hash, 'hex'),
        failures: row.failures,
        lockedUntil: row.locked_until === null ? null : new Date(row.locked_until),
      };
}

export async function noteTry(tx: Tx, personId: string, { failures, lockedUntil }: Tries): Promise<void> {
  await tx.execute(sql`
    update staff_pin set failures = ${failures}, locked_until = ${lockedUntil?.toISOString() ?? null}::timestamptz
    where person_id = ${personId}`);
}

export const forgetAll = async (tx: Tx): Promise<void> => void (await tx.execute(sql`delete from staff_pin`));

export async function birthDateOf(tx: Tx, personId: string): Promise<string | null> {
  const [row] = await tx.execute<{ day: string | null }>(sql`
    select to_char(birth_date, 'YYYY-MM-DD') as day from person where person_id = ${personId}`);
  return row?.day ?? null;
}
