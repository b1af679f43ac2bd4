import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { StoredNumber } from './numbers.ts';

/**
 * Whose a number is, made somebody's if it was nobody's: one statement and one commit either way (GUA-20). Undefined for a
 * number that is out of use. Two first sights at once: the later one fails on the number's key, and is asked again.
 */
export async function meet(tx: Tx, number: StoredNumber, now: Date): Promise<string | undefined> {
  const { hash, personId, encrypted, kind } = number;
  const [row] = await tx.execute<{ person_id: string; is_in_use: boolean }>(sql`
    with known as (select person_id, is_in_use from person_number where lookup_hash = decode(${hash}, 'hex')),
    made as (
      insert into person (person_id) select ${personId}::uuid where not exists (select from known) returning person_id),
    numbered as (
      insert into person_number (lookup_hash, person_id, key_id, ciphertext, kind)
      select decode(${hash}, 'hex'), person_id, ${encrypted.keyId}, decode(${encrypted.ciphertext.toString('hex')}, 'hex'), ${kind}
      from made returning person_id, is_in_use),
    whose as (select * from known union all select * from numbered),
    signed as (
      insert into sign_in (person_id, last_at) select person_id, ${now.toISOString()}::timestamptz from whose
      on conflict (person_id) do update set last_at = excluded.last_at)
    select * from whose`);
  return row?.is_in_use === true ? row.person_id : undefined;
}

/** The person behind a login name who holds a role on a day, at a unit or for the municipality. */
export async function staffWithRole(tx: Tx, login: string, today: string): Promise<string | undefined> {
  const [row] = await tx.execute<{ person_id: string }>(sql`
    select l.person_id from staff_login l where l.login = ${login} and l.is_current and exists (
      select from (
        select person_id, from_day, to_day from staff_role union all
        select person_id, from_day, to_day from municipal_role) as r
      where r.person_id = l.person_id and r.from_day <= ${today}::date and (r.to_day is null or r.to_day > ${today}::date))`);
  return row?.person_id;
}
