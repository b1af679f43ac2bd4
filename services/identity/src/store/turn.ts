import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

const taken = new WeakSet<Tx>();

/**
 * Waits for this transaction's turn to change who is who and who has access. One at a time does: events, roster, timer
 * and staff all work out the same children's grants from several rows, and none may work on what another is changing.
 */
export async function takeTurn(tx: Tx): Promise<void> {
  if (taken.has(tx)) return;
  await tx.execute(sql`
    select set_config('lock_timeout', '30000', true), pg_advisory_xact_lock(hashtextextended('guardianship', 0))`);
  taken.add(tx);
}
