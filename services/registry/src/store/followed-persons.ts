import type { Tx } from '@ranselpost/kit/database';
import type { EncryptedNumber } from '@ranselpost/kit/numbers';
import { sql } from 'drizzle-orm';

export interface FollowedPersonRow {
  readonly personId: string;
  readonly reason: 'child' | 'guardian' | 'staff';
  readonly number: EncryptedNumber;
  readonly lookupHash: Buffer;
  readonly toldAt: string;
  /** What the registers say is told once more, also when nothing is new. */
  readonly tellAgain: boolean;
  /** Whether they live in this municipality is read too, from now on. */
  readonly withResidence: boolean;
}

/**
 * Writes people on the list, each once, and makes them due: guardians in both registers, everybody else in
 * Folkeregisteret. Whoever comes with another number, for another reason, or asked more about than before, is told of again,
 * whatever the registers said last. An older word than the one we have is not heard (S-24).
 */
export async function put(tx: Tx, people: readonly FollowedPersonRow[]): Promise<void> {
  const rows = people.map(({ personId, reason, number, lookupHash, toldAt, tellAgain, withResidence }) => ({
    ...{ person_id: personId, reason, told_at: toldAt, tell_again: tellAgain },
    with_residence: withResidence,
    ...{
      key_id: number.keyId,
      ciphertext: number.ciphertext.toString('hex'),
      hash: lookupHash.toString('hex'),
    },
  }));
  await tx.execute(sql`
    with told as (
      select person_id, reason, key_id, decode(ciphertext, 'hex') as ciphertext, decode(hash, 'hex') as hash, told_at,
        tell_again, with_residence
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as told (person_id uuid, reason text, key_id text, ciphertext text, hash text, told_at timestamptz, tell_again boolean,
          with_residence boolean)),
    before as (
      select person_id, reason, lookup_hash from followed_person join told using (person_id, reason, with_residence)
      where not tell_again),
    person as (
      insert into followed_person as known (person_id, reason, number_key_id, number_ciphertext, lookup_hash, told_at,
        with_residence)
      select person_id, reason, key_id, ciphertext, hash, told_at, with_residence from told
      on conflict (person_id) do update set
        reason = excluded.reason, number_key_id = excluded.number_key_id, number_ciphertext = excluded.number_ciphertext,
        lookup_hash = excluded.lookup_hash, told_at = excluded.told_at, with_residence = excluded.with_residence
      where known.told_at <= excluded.told_at
      returning person_id, reason, lookup_hash),
    no_guardian as (
      delete from reading using person
      where reading.person_id = person.person_id and register = 'krr' and person.reason <> 'guardian')
    insert into reading as known (person_id, register, due_at)
    select person_id, register, now() from person, unnest(array['freg', 'krr']) as register
    where register = 'freg' or reason = 'guardian'
    on conflict (person_id, register) do update set
      due_at = least(known.due_at, now()), asked = known.asked + 1, attempts = 0,
      told_hash = case
        when exists (
          select from before join person using (person_id, lookup_hash) where before.person_id = known.person_id)
        then known.told_hash end`);
}

/** Forgets a person and all that was to be done about them, unless there is a newer word that they are followed. */
export async function remove(tx: Tx, personId: string, toldAt: string): Promise<void> {
  await tx.execute(sql`delete from followed_person where person_id = ${personId} and told_at <= ${toldAt}`);
}

/** Forgets a person for good, whenever it was told that they are followed. */
export async function erase(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from followed_person where person_id = ${personId}`);
}

/** Who has one of these numbers. */
export async function withNumbers(
  tx: Tx,
  lookupHashes: readonly Buffer[],
): Promise<{ personId: string; lookupHash: string }[]> {
  const hashes = JSON.stringify(lookupHashes.map((hash) => hash.toString('hex')));
  const rows = await tx.execute<{ person_id: string; lookup_hash: Buffer }>(sql`
    select person_id, lookup_hash from followed_person
    where lookup_hash = any (array(select decode(jsonb_array_elements_text(${hashes}::jsonb), 'hex')))`);
  return rows.map((row) => ({ personId: row.person_id, lookupHash: row.lookup_hash.toString('hex') }));
}

export interface KeptNumber {
  readonly personId: string;
  readonly number: EncryptedNumber;
}

/** Numbers that were encrypted with another key than this one and that nobody else holds, held until the transaction ends. */
export async function notEncryptedWith(tx: Tx, keyId: string, limit: number): Promise<KeptNumber[]> {
  const rows = await tx.execute<{ person_id: string; number_key_id: string; number_ciphertext: Buffer }>(sql`
    select person_id, number_key_id, number_ciphertext from followed_person
    where number_key_id <> ${keyId} order by person_id limit ${limit} for update skip locked`);
  return rows.map((row) => ({
    personId: row.person_id,
    number: { keyId: row.number_key_id, ciphertext: row.number_ciphertext },
  }));
}

/** Whether any number was encrypted with another key than this one, held by others or not. */
export async function isAnyNotEncryptedWith(tx: Tx, keyId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_any: boolean }>(sql`
    select exists (select from followed_person where number_key_id <> ${keyId}) as is_any`);
  return row?.is_any ?? false;
}

export async function replaceNumbers(tx: Tx, numbers: readonly KeptNumber[]): Promise<void> {
  const rows = numbers.map(({ personId, number }) => ({
    person_id: personId,
    key_id: number.keyId,
    ciphertext: number.ciphertext.toString('hex'),
  }));
  await tx.execute(sql`
    update followed_person set number_key_id = new.key_id, number_ciphertext = decode(new.ciphertext, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (person_id uuid, key_id text, ciphertext text)
    where followed_person.person_id = new.person_id`);
}
