import type { Tx } from '@ranselpost/kit/database';
import type { EncryptedNumber } from '@ranselpost/kit/numbers';
import { sql } from 'drizzle-orm';
import type { NumberKind } from '../domain/number-series.ts';
import { idsOf, json } from './json.ts';

/** A number ready to be stored. The hash is in hex. */
export interface StoredNumber {
  readonly hash: string;
  readonly personId: string;
  readonly encrypted: EncryptedNumber;
  readonly kind: NumberKind;
  readonly isInUse: boolean;
}

/** Whose each number is, by its hash; nobody's numbers are left out. */
export async function ownersOf(tx: Tx, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx.execute<{ hash: string; person_id: string }>(sql`
    select encode(lookup_hash, 'hex') as hash, person_id from person_number
    where lookup_hash in (select decode(jsonb_array_elements_text(${json(hashes)}), 'hex'))`);
  return new Map(rows.map(({ hash, person_id }) => [hash, person_id]));
}

export async function insert(tx: Tx, numbers: readonly StoredNumber[]): Promise<void> {
  if (numbers.length === 0) return;
  await tx.execute(sql`
    insert into person_number (lookup_hash, person_id, key_id, ciphertext, kind, is_in_use)
    select decode(n->>'hash', 'hex'), (n->>'personId')::uuid, n->>'keyId', decode(n->>'ciphertext', 'hex'), n->>'kind',
      (n->>'isInUse')::boolean
    from jsonb_array_elements(${json(numbers.map(toRow))}) as n`);
}

/** Says of each person which of their numbers are in use: those named, and no others (FREG-08). */
export async function setInUse(
  tx: Tx,
  persons: readonly { readonly personId: string; readonly inUse: readonly string[] }[],
): Promise<void> {
  if (persons.length === 0) return;
  await tx.execute(sql`
    update person_number set is_in_use = (p->'inUse') ? encode(lookup_hash, 'hex')
    from jsonb_array_elements(${json(persons)}) as p
    where person_id = (p->>'personId')::uuid and is_in_use <> ((p->'inUse') ? encode(lookup_hash, 'hex'))`);
}

/** The numbers of some people, those in use first. */
export async function of(tx: Tx, personIds: readonly string[]): Promise<readonly StoredNumber[]> {
  if (personIds.length === 0) return [];
  return readRows(
    await tx.execute<NumberRow>(sql`
      select ${columns} from person_number where person_id = any (${idsOf(personIds)}) order by is_in_use desc, kind desc`),
  );
}

/** Some numbers that are not encrypted under a key yet and that nobody else holds, locked until the transaction ends. */
export async function notUnder(tx: Tx, keyId: string, most: number): Promise<readonly StoredNumber[]> {
  return readRows(
    await tx.execute<NumberRow>(sql`
      select ${columns} from person_number where key_id <> ${keyId} limit ${most} for update skip locked`),
  );
}

/** Whether any number is not encrypted under a key yet, held by others or not. */
export async function isAnyNotUnder(tx: Tx, keyId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_any: boolean }>(sql`
    select exists (select from person_number where key_id <> ${keyId}) as is_any`);
  return row?.is_any ?? false;
}

export async function update(tx: Tx, numbers: readonly StoredNumber[]): Promise<void> {
  if (numbers.length === 0) return;
  await tx.execute(sql`
    update person_number set person_id = (n->>'personId')::uuid, key_id = n->>'keyId', ciphertext = decode(n->>'ciphertext', 'hex')
    from jsonb_array_elements(${json(numbers.map(toRow))}) as n where lookup_hash = decode(n->>'hash', 'hex')`);
}

type NumberRow = {
  hash: string;
  person_id: string;
  key_id: string;
  ciphertext: string;
  kind: NumberKind;
  is_in_use: boolean;
};

const columns = sql`encode(lookup_hash, 'hex') as hash, person_id, key_id, encode(ciphertext, 'hex') as ciphertext, kind, is_in_use`;

const readRows = (rows: readonly NumberRow[]): readonly StoredNumber[] =>
  rows.map((row) => ({
    hash: row.hash,
    personId: row.person_id,
    encrypted: { keyId: row.key_id, ciphertext: Buffer.from(row.ciphertext, 'hex') },
    kind: row.kind,
    isInUse: row.is_in_use,
  }));

const toRow = ({ encrypted, ...number }: StoredNumber) => ({
  ...number,
  keyId: encrypted.keyId,
  ciphertext: encrypted.ciphertext.toString('hex'),
});
