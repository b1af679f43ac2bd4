import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** When everybody protected and a sample were compared last. */
export async function lastBegun(tx: Tx): Promise<Date> {
  const [row] = await tx.execute<{ begun_at: string }>(sql`
    select begun_at from reconciliation`);
  return new Date(row!.begun_at);
}

/** Has everybody protected read again, and those of the rest who were read longest ago; answers how many. */
export async function begin(tx: Tx, sample: number): Promise<number> {
  await tx.execute(sql`update reconciliation set begun_at = now()`);
  const rows = await tx.execute(sql`
    with chosen as (
      select person_id from reading where is_protected and register = 'freg'
      union
      (select person_id from reading where register = 'freg' and read_at is not null order by read_at limit ${sample}))
    update reading set is_comparing = true, due_at = least(due_at, now()), asked = asked + 1
    from chosen where reading.person_id = chosen.person_id and register = 'freg' returning 1`);
  return rows.length;
}

export async function noteDifferences(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    insert into difference (person_id)
    select jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)::uuid on conflict do nothing`);
}

export interface Difference {
  readonly personId: string;
  readonly foundAt: string;
}

/**
 * Takes out the differences for which the feed has had time since, and answers those it has said nothing of in all that
 * while. The others were no loss: a person changed, was compared, and then the event came.
 */
export async function takeUnexplained(tx: Tx, graceMs: number): Promise<Difference[]> {
  const grace = sql`${graceMs} * interval '1 millisecond'`;
  const rows = await tx.execute<{ person_id: string; found_at: string; is_explained: boolean }>(sql`
    delete from difference d
    where found_at < (select caught_up_at from feed_pointer) - ${grace}
    returning person_id, found_at, exists (
      select from feed_event e where e.person_id = d.person_id and e.received_at > d.found_at - ${grace}) as is_explained`);
  return rows
    .filter(({ is_explained }) => !is_explained)
    .map((row) => ({ personId: row.person_id, foundAt: new Date(row.found_at).toISOString() }));
}
