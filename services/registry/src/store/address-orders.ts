import type { Tx } from '@ranselpost/kit/database';
import type { EncryptedNumber } from '@ranselpost/kit/numbers';
import { sql } from 'drizzle-orm';

export interface AddressOrder {
  readonly letterId: string;
  readonly personId: string;
}

export async function put(tx: Tx, { letterId, personId }: AddressOrder): Promise<void> {
  await tx.execute(sql`
    insert into address_order (letter_id, person_id) values (${letterId}, ${personId})
    on conflict (letter_id) do update set due_at = now()`);
}

export interface DueOrder extends AddressOrder {
  readonly attempt: number;
  /** Null for whoever is not on the list. */
  readonly number: EncryptedNumber | null;
}

/** Takes one that is due, and says when it is due again if nobody answers it. */
export async function takeDue(tx: Tx, againInMs: number): Promise<DueOrder | null> {
  const [row] = await tx.execute<{
    letter_id: string;
    person_id: string;
    attempt: number;
    key_id: string | null;
    ciphertext: Buffer | null;
  }>(sql`
    update address_order o set attempt = attempt + 1, due_at = now() + ${againInMs} * interval '1 millisecond'
    from (select letter_id as due from address_order where due_at <= now() order by due_at limit 1 for update skip locked) as d
    where o.letter_id = d.due
    returning o.letter_id, o.person_id, o.attempt,
      (select number_key_id from followed_person f where f.person_id = o.person_id) as key_id,
      (select number_ciphertext from followed_person f where f.person_id = o.person_id) as ciphertext`);
  if (row === undefined) return null;
  const { letter_id: letterId, person_id: personId, attempt, key_id: keyId, ciphertext } = row;
  const number = keyId === null || ciphertext === null ? null : { keyId, ciphertext };
  return { letterId, personId, attempt, number };
}

export async function wait(tx: Tx, letterId: string, ms: number): Promise<void> {
  await tx.execute(sql`
    update address_order set due_at = now() + ${ms} * interval '1 millisecond' where letter_id = ${letterId}`);
}

export async function remove(tx: Tx, letterId: string): Promise<void> {
  await tx.execute(sql`delete from address_order where letter_id = ${letterId}`);
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from address_order where person_id = ${personId}`);
}
