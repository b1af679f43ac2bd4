import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Thread } from '../domain/thread.ts';

type Row = {
  id: string;
  unit_id: string;
  child_ids: string[];
  home_readers: string[];
  started_at: string;
};

const fromRow = (row: Row): Thread => ({
  id: row.id,
  unitId: row.unit_id,
  childIds: row.child_ids,
  homeReaderIds: row.home_readers,
  startedAt: new Date(row.started_at),
});

export const byIds = async (tx: Tx, ids: readonly string[]): Promise<Thread[]> =>
  (
    await tx.execute<Row>(sql`
      select id, unit_id, child_ids, home_readers, started_at from thread
      where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`)
  ).map(fromRow);

/** Takes away a child's threads; of others', that somebody was a reader. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person(${personId})`);
}
