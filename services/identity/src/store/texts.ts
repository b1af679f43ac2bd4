import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf, json } from './json.ts';

/** What a member of staff wrote, sealed for its own id. */
export interface StoredText {
  readonly textId: string;
  readonly keyId: string;
  readonly sealed: string;
}

type Row = { text_id: string; key_id: string; sealed: string };
const fromRow = ({ text_id, key_id, sealed }: Row): StoredText => ({
  textId: text_id,
  keyId: key_id,
  sealed,
});

export async function insert(tx: Tx, { textId, keyId, sealed }: StoredText): Promise<void> {
  await tx.execute(sql`
    insert into confidential_text (text_id, key_id, sealed) values (${textId}, ${keyId}, ${sealed})`);
}

export async function byIds(tx: Tx, ids: readonly string[]): Promise<readonly StoredText[]> {
  if (ids.length === 0) return [];
  return (
    await tx.execute<Row>(
      sql`select text_id, key_id, sealed from confidential_text where text_id = any (${idsOf(ids)})`,
    )
  ).map(fromRow);
}

/** Some texts that are not sealed under a key yet and that nobody else holds, locked until the transaction ends. */
export async function notUnder(tx: Tx, keyId: string, most: number): Promise<readonly StoredText[]> {
  return (
    await tx.execute<Row>(sql`
      select text_id, key_id, sealed from confidential_text where key_id <> ${keyId} limit ${most} for update skip locked`)
  ).map(fromRow);
}

/** Whether any text is not sealed under a key yet, held by others or not. */
export async function isAnyNotUnder(tx: Tx, keyId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_any: boolean }>(sql`
    select exists (select from confidential_text where key_id <> ${keyId}) as is_any`);
  return row?.is_any ?? false;
}

export async function update(tx: Tx, texts: readonly StoredText[]): Promise<void> {
  if (texts.length === 0) return;
  await tx.execute(sql`
    update confidential_text set key_id = t->>'keyId', sealed = t->>'sealed'
    from jsonb_array_elements(${json(texts)}) as t where text_id = (t->>'textId')::uuid`);
}
