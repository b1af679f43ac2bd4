import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export async function isWhole(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ is_whole: boolean }>(sql`select is_whole from follow_list`);
  return row?.is_whole ?? false;
}

export async function setWhole(tx: Tx, whole: boolean): Promise<void> {
  await tx.execute(sql`update follow_list set is_whole = ${whole}`);
}
