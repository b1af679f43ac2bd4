import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Whether the access copy is fresh enough for work that no request stands behind, and guardians are answered (S-04, GUA-01). */
export async function isCopyFresh(tx: Tx, maxStaleness: number): Promise<boolean> {
  const [state] = await tx.execute<{ is_fresh: boolean | null }>(sql`
    select is_whole and access.answers_to('guardian')
      and least(as_of, verified_at) > now() - ${maxStaleness} * interval '1 second' as is_fresh
    from access.copy_state`);
  return state?.is_fresh === true;
}
