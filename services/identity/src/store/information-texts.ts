import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import { idsOf, json } from './json.ts';

/** What is written in a case: by the asker, by staff at the check, and as the decision. */
export type TextKind =
  'ASKER' | 'CHILD' | 'QUESTION' | 'PROOF' | 'NOTE' | 'ANSWER' | 'REASONS' | 'LETTER' | 'AID' | 'COMPLAINT';

/** What was written, sealed for its case and kind. */
export interface StoredText {
  readonly requestId: string;
  readonly kind: TextKind;
  readonly keyId: string;
  readonly sealed: string;
}

/** The texts of some requests, those of them that the actor may read. */
export const of = (tx: Tx, requestIds: readonly string[]): Promise<readonly StoredText[]> =>
  select(tx, sql`where request_id = any (${idsOf(requestIds)})`);

export async function insert(tx: Tx, texts: readonly StoredText[]): Promise<void> {
  if (texts.length === 0) return;
  await tx.execute(sql`
    insert into information_text (request_id, kind, key_id, sealed)
    select (t->>'requestId')::uuid, t->>'kind', t->>'keyId', t->>'sealed' from jsonb_array_elements(${json(texts)}) as t`);
}

/** Takes away what is written anew, or does not count any more. */
export async function remove(tx: Tx, requestId: string, kinds: readonly TextKind[]): Promise<void> {
  await tx.execute(sql`
    delete from information_text where request_id = ${requestId} and kind = any (${`{${kinds.join()}}`}::text[])`);
}

/** Some texts that are not sealed under a key yet and that nobody else holds, locked until the transaction ends. */
export const notUnder = (tx: Tx, keyId: string, most: number): Promise<readonly StoredText[]> =>
  select(tx, sql`where key_id <> ${keyId} limit ${most} for update skip locked`);

/** Whether any text is not sealed under a key yet, held by others or not. */
export async function isAnyNotUnder(tx: Tx, keyId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_any: boolean }>(sql`
    select exists (select from information_text where key_id <> ${keyId}) as is_any`);
  return row?.is_any ?? false;
}

export async function update(tx: Tx, texts: readonly StoredText[]): Promise<void> {
  if (texts.length === 0) return;
  await tx.execute(sql`
    update information_text set key_id = t->>'keyId', sealed = t->>'sealed'
    from jsonb_array_elements(${json(texts)}) as t
    where request_id = (t->>'requestId')::uuid and kind = t->>'kind'`);
}

async function select(tx: Tx, where: SQL): Promise<readonly StoredText[]> {
  const rows = await tx.execute<{ request_id: string; kind: TextKind; key_id: string; sealed: string }>(sql`
    select request_id, kind, key_id, sealed from information_text ${where}`);
  return rows.map((row) => ({
    requestId: row.request_id,
    kind: row.kind,
    keyId: row.key_id,
    sealed: row.sealed,
  }));
}
