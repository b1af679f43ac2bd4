import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** What identity has told of its access log: the hash of a block. */
export interface LogHead {
  readonly block: number;
  readonly hash: string;
}

/** Keeps a head, and answers the hash that is kept for its block: another one when it was told differently before. */
export async function keep(tx: Tx, { block, hash }: LogHead): Promise<string> {
  await tx.execute(sql`
    insert into access_log_head (block, hash) values (${block}, ${hash}) on conflict (block) do nothing`);
  await tx.execute(sql`delete from access_log_head where heard_at < now() - interval '13 months'`);
  const [kept] = await tx.execute<{ hash: string }>(
    sql`select hash from access_log_head where block = ${block}`,
  );
  return kept!.hash;
}

export interface KeptHead extends LogHead {
  readonly heardAt: string;
}

export async function all(tx: Tx): Promise<readonly KeptHead[]> {
  const rows = await tx.execute<KeptHead & Record<string, unknown>>(sql`
    select block::float8 as block, hash, heard_at as "heardAt" from access_log_head order by access_log_head.block`);
  return rows.map((row) => ({ ...row, heardAt: new Date(row.heardAt).toISOString() }));
}
